/**
 * One thing that a path does: what it is, what it may be asked, and what it answers. The schemas
 * describe it to programs, and the compiler holds what is read to its schema.
 */
import { issuesOf } from "@assay/host/schema.ts";
import { z } from "zod";

import { json, unlessHeld } from "../http/answer.ts";
import type { Handle, Visit } from "../pages/page.ts";
import { paged, Paging } from "./paging.ts";
import { problem, Refused } from "./problem.ts";

/** By name: a list where the name may be repeated. */
type Query = Readonly<Record<string, z.ZodType>>;
type NoQuery = Readonly<Record<string, never>>;
type Asked<Asking extends Query> = { readonly [Name in keyof Asking]: z.output<Asking[Name]> };

export type Endpoint = {
  readonly method: "GET" | "POST";
  /** Below `/api/v1`, its parts as the router has them: `/programmes/:programme`. */
  readonly path: string;
  readonly summary: string;
  /** Under what it is listed. */
  readonly subject?: string;
  readonly query: Query;
  /** Of a command its name among the description's schemas. */
  readonly body?: z.ZodType | "Command";
  /** The part of the body that holds a file in base64; as a form it is sent as it is. */
  readonly file?: string;
  /** It takes an idempotency key. */
  readonly keyed: boolean;
  /** Undefined: a file. */
  readonly answer: z.ZodType | undefined;
  /** What else it answers with, by status. */
  readonly problems: Readonly<Record<number, string>>;
  readonly handle: Handle;
};

const reading = {
  method: "GET",
  keyed: false,
  problems: {
    400: "The question could not be read, with the issues.",
    401: "Nobody is signed in.",
    404: "There is no such thing, or not for you.",
  },
} as const;

type About<Answer, Asking> = {
  readonly summary: string;
  readonly answer: Answer;
  readonly query?: Asking;
};

type Told<Schema extends z.ZodType> = z.output<Schema> | Promise<z.output<Schema>>;

export const reads = <Schema extends z.ZodType, Asking extends Query = NoQuery>(
  path: string,
  { summary, answer, query }: About<Schema, Asking>,
  tell: (visit: Visit, asked: Asked<Asking>) => Told<Schema>,
): Endpoint => ({
  ...{ ...reading, path, summary, answer, query: query ?? {} },
  handle: async (visit) => read(visit, await tell(visit, askedIn(visit, query ?? ({} as Asking)))),
});

type Listing<Item, Asking> = Omit<About<never, Asking>, "answer"> & {
  /** Under what name the items stand. */
  readonly name: string;
  readonly item: Item;
};

/** A long list, whole as it is told, in pages as it is answered. */
export const lists = <Item extends z.ZodType, Asking extends Query = NoQuery>(
  path: string,
  { summary, name, item, query }: Listing<Item, Asking>,
  tell: (visit: Visit, asked: Asked<Asking>) => Told<z.ZodReadonly<z.ZodArray<Item>>>,
): Endpoint => ({
  ...{ ...reading, path, summary },
  query: { ...Paging, ...query },
  answer: z.strictObject({
    [name]: z.array(item).readonly(),
    total: z.int().min(0).describe("Of the whole list."),
    next: z.string().optional().describe("Where the list goes on; absent at its end."),
  }),
  handle: async (visit) => {
    const page = askedIn(visit, Paging);
    const all = await tell(visit, askedIn(visit, query ?? ({} as Asking)));
    return read(visit, paged(visit, page, { name, all }));
  },
});

/** A file, which the handle answers with as it is. */
export const gives = (path: string, summary: string, handle: Handle): Endpoint => ({
  ...{ ...reading, path, summary },
  handle: async (visit) => {
    const answer = await handle(visit);
    return unlessHeld(answer, visit.asked.header("if-none-match"));
  },
  query: {},
  answer: undefined,
});

type Taking = Pick<Endpoint, "summary" | "answer" | "problems" | "keyed" | "file"> & {
  readonly body: NonNullable<Endpoint["body"]>;
};

/** What is sent is read by the handle, which answers for itself. */
export const takes = (path: string, taking: Taking, handle: Handle): Endpoint => ({
  ...{ method: "POST", path, ...taking, handle },
  query: {},
});

/** The same paths, listed under that subject. */
export const under = (subject: string, endpoints: readonly Endpoint[]): readonly Endpoint[] =>
  endpoints.map((endpoint) => ({ ...endpoint, subject }));

/** A body in JSON, or a form whose file stands for its base64. */
export const bodyIn = async ({ asked }: Visit, file: string): Promise<unknown> => {
  if (!/^multipart\/form-data\b/i.test(asked.header("content-type") ?? "")) return asked.json();
  const form = await asked.form();
  const content = await form.file(file);
  const said = form.names.map((name) => [name, form.value(name)] as const);
  return {
    ...Object.fromEntries(said.filter(([name]) => name !== file)),
    ...(content && { [file]: Buffer.from(content).toString("base64") }),
  };
};

const read = (visit: Visit, value: unknown) =>
  unlessHeld(json(value), visit.asked.header("if-none-match"));

/** What else the address holds is passed over. */
const askedIn = <Asking extends Query>({ asked }: Visit, query: Asking): Asked<Asking> => {
  const { searchParams } = asked.url;
  const given = Object.entries(query).map(([name, schema]) => {
    const all = searchParams.getAll(name);
    return [name, isList(schema) ? all : all[0]] as const;
  });
  const parsed = z.strictObject(query).safeParse(Object.fromEntries(given), { reportInput: true });
  if (parsed.success) return parsed.data as Asked<Asking>;
  const issues = issuesOf(parsed.error);
  const detail = `${issues.map(({ message }) => message).join(". ")}.`;
  throw new Refused(problem(400, { detail, issues }));
};

const isList = (schema: z.ZodType): boolean => schema instanceof z.ZodArray;
