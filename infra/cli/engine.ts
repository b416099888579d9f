/**
 * The way to a running engine: its HTTP API. Whatever changes anything goes through it, so that the
 * rules decide and nobody writes to the store beside them. All that is known of signing in is here.
 */
import { randomUUID } from "node:crypto";

import { Role } from "@assay/domain/kernel/actor.ts";
import type { Command } from "commander";

import { type Problem, Refused, WrongUsage } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

export type ToEngine = {
  readonly engine?: string;
  readonly as?: string;
  /** What would be asked about is sent all the same. */
  readonly insist?: boolean;
};

/** Options of every command that changes something, or asks the engine. */
export const throughEngine = (command: Command, { engine }: Terminal): Command =>
  command
    .option("--engine <URL>", `the running engine (default: ASSAY_ENGINE; now ${engine.url})`)
    .option(
      "--as <WHO>",
      "in whose name: ROLE, PERSON/ROLE or PERSON/ROLE/SERVICE (default: ASSAY_AS); " +
        "ASSAY_TOKEN goes before it",
    );

export type Accepted = {
  readonly accepted: true;
  readonly stream: string;
  readonly revision: number;
  readonly events: number;
  /** What in its words could identify somebody. */
  readonly warnings?: readonly { readonly kind: string; readonly words: string }[];
};

export type Unstamped = { readonly type: string; readonly [name: string]: unknown };

/** What came of a command: accepted, or refused with the reason in words and as data. */
export type Outcome =
  | Accepted
  | {
      readonly accepted: false;
      readonly refusal: { readonly reason: string; readonly [name: string]: unknown };
      readonly detail: string;
    };

export type Engine = {
  /** Under the same id a command is carried out once. Throws Refused where it is malformed. */
  send(command: Unstamped, id?: string): Promise<Outcome>;
  /** As `send`, and throws Refused for a refusal. */
  tell(command: Unstamped, id?: string): Promise<Accepted>;
  get(path: string): Promise<unknown>;
  file(path: string): Promise<Uint8Array>;
  /** What everybody may read, so that nobody has to be named. */
  open(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
};

type Answered = {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly body: Readonly<Record<string, unknown>>;
};

/** The first of these that is text. */
const textIn = (body: Answered["body"], ...names: readonly string[]): string | undefined =>
  names.map((name) => body[name]).find((value) => typeof value === "string");

export const engineOf = (options: ToEngine, { engine }: Terminal): Engine => {
  const url = (options.engine ?? engine.url).replace(/(?<!\/)\/+$/, "");
  if (!/^https?:\/\/./.test(url)) throw new WrongUsage(`${url} is no address of an engine.`);
  const ask = async (path: string, init: RequestInit & { headers?: object } = {}) => {
    const bearer = engine.token ?? bearerOf(options.as ?? engine.as);
    const headers = { authorization: `Bearer ${bearer}`, ...init.headers };
    return answered(url, path, { ...init, headers });
  };
  const post = (path: string, body: unknown, headers: object = {}): Promise<Answered> =>
    ask(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const send: Engine["send"] = async (command, id = randomUUID()) => {
    const headers = {
      "idempotency-key": id,
      ...(options.insist && { prefer: "handling=lenient" }),
    };
    const { status, body } = await post("/api/v1/commands", command, headers);
    if (status === 200) return body as unknown as Accepted;
    const refusal = body["refusal"] as { readonly reason: string } | undefined;
    if (status !== 409 || !refusal) throw refusedBy({ status, body });
    return { accepted: false, refusal, detail: textIn(body, "detail") ?? refusal.reason };
  };
  return {
    send,
    tell: async (command, id) => {
      const outcome = await send(command, id);
      if (outcome.accepted) return outcome;
      throw new Refused(outcome.detail, [
        { place: outcome.refusal.reason, problem: JSON.stringify(outcome.refusal) },
      ]);
    },
    get: async (path) => found(await ask(path)).body,
    open: async (path) => found(await answered(url, path, {})).body,
    file: async (path) => found(await ask(path)).bytes,
    post: async (path, body) => found(await post(path, body)).body,
  };
};

const found = (answer: Answered): Answered => {
  if (answer.status === 200) return answer;
  throw refusedBy(answer);
};

/** `head-of-programme` stands for a person of that name in that role, as in a new data folder. */
const bearerOf = (who: string | undefined): string => {
  if (who === undefined)
    throw new WrongUsage(
      "Say in whose name: --as ROLE, PERSON/ROLE or PERSON/ROLE/SERVICE, such as --as scheduler.",
    );
  const [first = "", role = first, service = "", ...more] = who.split("/");
  if (more.length > 0 || first === "" || !Role.safeParse(role).success)
    throw new WrongUsage(
      `${who} is nobody. Give ROLE, PERSON/ROLE or PERSON/ROLE/SERVICE. ` +
        `Roles: ${Role.options.filter((each) => each !== "system").join(", ")}.`,
    );
  return `${first}/${role}/${service}`;
};

const answered = async (url: string, path: string, init: RequestInit): Promise<Answered> => {
  try {
    const answer = await fetch(`${url}${path}`, init);
    if (answer.status === 429) {
      await new Promise((resolve) =>
        setTimeout(resolve, 1000 * (Number(answer.headers.get("retry-after")) || 1)),
      );
      return await answered(url, path, init);
    }
    const bytes = Buffer.from(await answer.arrayBuffer());
    const text = bytes.toString("utf8");
    const isJson = /json/.test(answer.headers.get("content-type") ?? "");
    const body = isJson ? (JSON.parse(text) as Answered["body"]) : { detail: text };
    return { status: answer.status, bytes, body };
  } catch (error) {
    throw new Refused(
      `No engine answers at ${url}. Start Assay with npm start, or name its address with --engine.`,
      [],
      { cause: error },
    );
  }
};

const refusedBy = ({ status, body }: Omit<Answered, "bytes">): Refused => {
  const said = textIn(body, "detail", "title") ?? `The engine answered ${status}.`;
  const unknown = "The engine does not know that person in that role. See --as, or ASSAY_TOKEN.";
  return new Refused(status === 401 ? unknown : said, problemsIn(body));
};

const problemsIn = ({ issues, problems }: Answered["body"]): readonly Problem[] => {
  const found = (issues ?? problems ?? []) as readonly Readonly<Record<string, string>>[];
  return found.map(({ path, place, message, problem, code }) => ({
    place: place ?? (path || "the command"),
    problem: message ?? problem ?? code ?? "",
  }));
};
