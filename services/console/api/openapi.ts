/** The API described by OpenAPI 3.1, from the schemas of what is sent and of what is answered. */
import { z } from "zod";
import { Predicate } from "@assay/domain/framework/predicate.ts";

import { AnyCommand } from "../sending.ts";
import { ComputedStandard, Duty, Place, Possible, StoredFact } from "./answers.ts";
import type { Endpoint } from "./endpoint.ts";
import { Explanation } from "./ratings.ts";
import { commandTold, fieldExample, fieldTold } from "./command-fields.ts";
import { Accepted } from "./outcomes.ts";
import { problemTypes } from "./problem.ts";

type Json = Readonly<Record<string, unknown>>;

/** What several answers hold, each under its name. */
const named = {
  Accepted,
  ComputedStandard,
  Duty,
  Explanation,
  Place,
  Possible,
  Predicate,
  StoredFact,
} as const;

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** A command without what the console stamps on it: who sends it, and when. */
const commandSchema = (option: (typeof AnyCommand)["options"][number]): Json => {
  const options = { io: "input", unrepresentable: "any" } as const;
  const schema = plain(z.toJSONSchema(option, options)) as z.core.JSONSchema.ObjectSchema;
  const { at: _, by: __, ...properties } = schema.properties ?? {};
  const required = (schema.required ?? []).filter((name) => name !== "at" && name !== "by");
  const type = option.shape.type.value;
  return {
    ...schema,
    description: commandTold(type),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, part]) => [
        name,
        {
          ...told(type, name, part as Json),
          ...(name !== "type" && { examples: [fieldExample(type, name)] }),
        },
      ]),
    ),
    required,
    examples: [commandExample(type, Object.keys(properties), required)],
  };
};

/** A command as somebody would send it: with what it needs. */
const commandExample = (type: string, names: readonly string[], required: readonly string[]) =>
  Object.fromEntries(
    names
      .filter((name) => required.includes(name))
      .map((name) => [name, name === "type" ? type : fieldExample(type, name)]),
  );

/** The schema of a field with what it holds in words, and so with each field inside it. */
const told = (type: string, name: string, schema: Json, part?: string): Json => {
  const inner = Object.entries(schema).map(([key, value]) => {
    if (key === "properties")
      return [
        key,
        Object.fromEntries(
          Object.entries(value as Json).map(([each, of]) => [
            each,
            told(type, each, of as Json, name),
          ]),
        ),
      ];
    if (key === "items") return [key, within(type, name, value as Json)];
    if (key === "anyOf" || key === "oneOf")
      return [key, (value as readonly Json[]).map((each) => within(type, name, each))];
    return [key, value];
  });
  return { ...Object.fromEntries(inner), description: fieldTold(type, name, part) };
};

const within = (type: string, name: string, schema: Json): Json => {
  const { description: _, ...rest } = told(type, name, schema);
  return rest;
};

export const commandNames = AnyCommand.options.map(({ shape }) => shape.type.value);

export const openApi = (endpoints: readonly Endpoint[]): Json => ({
  openapi: "3.1.0",
  info: {
    title: "Assay",
    version: "1",
    description:
      "Read inspections and their facts; send any command. A command under an Idempotency-Key " +
      "that was used before is answered as it was then, and records nothing again. Every answer " +
      "to GET has an ETag.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/", description: "The console that serves this description." }],
  tags: [...new Set(endpoints.map(({ subject }) => subject))].map((name) => ({ name })),
  paths: Object.fromEntries(
    endpoints.map((endpoint) => [
      `/api/v1${endpoint.path.replaceAll(/:(\w+)/g, "{$1}")}`,
      { [endpoint.method.toLowerCase()]: operationOf(endpoint) },
    ]),
  ),
  components: components(),
});

/** With the scope that a token needs for it; a session needs none. */
const operationOf = (endpoint: Endpoint): Json => {
  const { method, path, summary, subject, query, keyed, body, file, answer, problems } = endpoint;
  const reads = method === "GET";
  const parts = [...path.matchAll(/:(\w+)/g)].map(([, name]) => inPath(name!));
  const asked = Object.entries(query).map(([name, schema]) => inQuery(name, schema));
  return {
    operationId: operationIdOf(endpoint),
    tags: [subject],
    summary,
    parameters: [...parts, ...asked, ...(keyed ? commandHeaders : [])],
    ...(body && { requestBody: { required: true, content: bodyOf(bodySchema(body), file) } }),
    responses: {
      "200": answer
        ? { description: summary, content: jsonOf(schemaOf(answer)) }
        : { description: summary, content: { "*/*": { schema: {} } } },
      ...(reads && { "304": { description: "You already hold it: the ETag is the same." } }),
      ...Object.fromEntries(
        Object.entries({ ...problems, ...anywhere }).map(([status, description]) => [
          status,
          { description, content: { "application/problem+json": { schema: ref("Problem") } } },
        ]),
      ),
    },
    security: [{ token: [reads ? "assay:read" : "assay:send"] }, { session: [] }],
  };
};

/**
 * From the path: what stands in it, a list without its s where one of it is named. `GET
 * /inspections/{inspection}/cases/{case}` is `inspectionCase`.
 */
export const operationIdOf = ({ method, path }: Pick<Endpoint, "method" | "path">): string => {
  const steps = path.split("/").slice(1);
  const names = steps.flatMap((step, index) => {
    if (step.startsWith(":")) return steps[index - 1]!.endsWith("s") ? [] : [step.slice(1)];
    return steps[index + 1]?.startsWith(":") ? [step.replace(/s$/, "")] : [step];
  });
  const words = (method === "POST" ? ["send", ...names] : names).join("-").split(/[-.]/);
  return words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
};

/** Looking, too, is noted before anything is shown. */
const anywhere = {
  429: "Too many requests; see Retry-After.",
  507: "The disk has no room. Make room, and ask the same again: nothing is recorded twice.",
} as const;

const jsonOf = (schema: Json): Json => ({ "application/json": { schema } });

/** As JSON; where a file is part of it, also as a form. */
const bodyOf = (schema: Json, file: string | undefined): Json => {
  if (file === undefined) return jsonOf(schema);
  const properties = schema["properties"] as Readonly<Record<string, Json>>;
  const asFile = { type: "string", contentMediaType: "application/octet-stream" };
  const form = { ...schema, properties: { ...properties, [file]: asFile } };
  return { ...jsonOf(schema), "multipart/form-data": { schema: form } };
};

const bodySchema = (body: NonNullable<Endpoint["body"]>): Json =>
  body === "Command" ? ref("Command") : schemaOf(body);

const parts: Readonly<Record<string, string>> = {
  inspection: "Such as peterborough-2020.",
  programme: "Such as cycle-4.",
  subject: "A standard, or overall.",
  standard: "Such as 2.1.",
  case: "Such as c0007.",
};

const inPath = (name: string): Json => ({
  ...{ name, in: "path", required: true, schema: { type: "string" } },
  ...(parts[name] !== undefined && { description: parts[name] }),
});

const inQuery = (name: string, schema: z.ZodType): Json => {
  const required = !schema.safeParse(undefined).success && !(schema instanceof z.ZodArray);
  return { name, in: "query", required, schema: plain(z.toJSONSchema(schema, { io: "input" })) };
};

const commandHeaders: readonly Json[] = [
  {
    name: "Idempotency-Key",
    in: "header",
    required: true,
    description: "The command's id, a UUID that you choose.",
    schema: { type: "string", format: "uuid" },
  },
  {
    name: "Prefer",
    in: "header",
    required: false,
    description:
      "`handling=strict`: nothing is recorded where there would be `warnings`. " +
      "`handling=lenient`: a draw is not asked about, however many cases of the list are repeated.",
    schema: { type: "string" },
  },
];

const registry = (): z.core.$ZodRegistry<{ id: string }> => {
  const known = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) known.add(schema, { id });
  return known;
};

/** By its name where it has one, like the parts of it that do. */
const schemaOf = (answer: z.ZodType): Json => {
  const known = registry();
  const name = known.get(answer)?.id;
  return name === undefined ? plain(z.toJSONSchema(answer, { metadata: known })) : ref(name);
};

/** Without what says nothing to a reader, and each name found among the components. */
const plain = (schema: Json): Json =>
  JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (silent(key, value) ? undefined : value)),
    (key, value: unknown) =>
      key === "$ref" ? String(value).replace("#/$defs/", "#/components/schemas/") : value,
  ) as Json;

const silent = (key: string, value: unknown): boolean =>
  ["$schema", "$id", "$defs", "readOnly"].includes(key) || value === Number.MAX_SAFE_INTEGER;

const components = (): Json => ({
  securitySchemes: {
    session: { type: "apiKey", in: "cookie", name: "assay-session" },
    token: {
      type: "http",
      scheme: "bearer",
      description:
        "An access token of the identity provider with the scope that the operation names. In " +
        "the demonstration a person's key, which has every scope.",
    },
  },
  schemas: {
    ...Object.fromEntries(
      AnyCommand.options.map((option) => [option.shape.type.value, commandSchema(option)]),
    ),
    Command: { oneOf: commandNames.map(ref), discriminator: { propertyName: "type" } },
    ...Object.fromEntries(
      Object.entries(
        z.toJSONSchema(registry(), { uri: (id) => `#/components/schemas/${id}` }).schemas,
      ).map(([name, schema]) => [name, plain(schema)]),
    ),
    Problem: {
      type: "object",
      required: ["type", "title", "status"],
      properties: {
        type: {
          type: "string",
          enum: problemTypes.map(({ type }) => type),
          description: "Stable; each is told on the page /api.",
        },
        title: { type: "string" },
        status: { type: "integer" },
        detail: { type: "string" },
      },
    },
  },
});
