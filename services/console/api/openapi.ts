/** The API described by OpenAPI 3.1, from the schemas of what is sent and of what is answered. */
import { z } from "zod";
import { Predicate } from "@assay/domain/framework/predicate.ts";

import { AnyCommand } from "../sending.ts";
import { ComputedStandard, Duty, Place, Possible, StoredFact } from "./answers.ts";
import type { Endpoint } from "./endpoint.ts";
import { Explanation } from "./ratings.ts";
import { Accepted } from "./outcomes.ts";

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
  const { $schema: _, ...schema } = z.toJSONSchema(option, options);
  const { at: __, by: ___, ...properties } = schema.properties ?? {};
  const required = (schema.required ?? []).filter((name) => name !== "at" && name !== "by");
  return { ...schema, properties, required };
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
  const { method, path, summary, query, keyed, body, answer, problems } = endpoint;
  const reads = method === "GET";
  const parts = [...path.matchAll(/:(\w+)/g)].map(([, name]) => inPath(name!));
  const asked = Object.entries(query).map(([name, schema]) => inQuery(name, schema));
  return {
    summary,
    parameters: [...parts, ...asked, ...(keyed ? commandHeaders : [])],
    ...(body && { requestBody: { required: true, content: jsonOf(bodySchema(body)) } }),
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
    security: [{ session: [] }, { token: [reads ? "assay:read" : "assay:send"] }],
  };
};

/** Looking, too, is noted before anything is shown. */
const anywhere = {
  429: "Too many requests; see Retry-After.",
  507: "The disk has no room. Make room, and ask the same again: nothing is recorded twice.",
} as const;

const jsonOf = (schema: Json): Json => ({ "application/json": { schema } });

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
        type: { type: "string" },
        title: { type: "string" },
        status: { type: "integer" },
        detail: { type: "string" },
      },
    },
  },
});
