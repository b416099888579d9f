/** The API described by OpenAPI 3.1, its commands straight from the schemas that parse them. */
import { z } from "zod";

import { AnyCommand } from "../sending.ts";
import { answers } from "./answers.ts";

type Json = Readonly<Record<string, unknown>>;

const json = (schema: Json, description: string): Json => ({
  description,
  content: { "application/json": { schema } },
});

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const problemAnswer = (description: string): Json => ({
  description,
  content: { "application/problem+json": { schema: ref("Problem") } },
});

const parameter = (name: string, place: "path" | "query" | "header", more: Json): Json => ({
  name,
  in: place,
  required: place === "path",
  schema: { type: "string" },
  ...more,
});

const inspection = parameter("inspection", "path", { description: "Such as peterborough-2020." });

const get = (summary: string, answer: Json, parameters: readonly Json[] = []): Json => ({
  get: {
    summary,
    parameters,
    responses: {
      "200": answer,
      "304": { description: "You already hold it: the ETag is the same." },
      "401": problemAnswer("Nobody is signed in."),
      "404": problemAnswer("There is no such thing, or not for you."),
    },
  },
});

/** A command without what the console stamps on it: who sends it, and when. */
const commandSchema = (option: (typeof AnyCommand)["options"][number]): Json => {
  const options = { io: "input", unrepresentable: "any" } as const;
  const { $schema: _, ...schema } = z.toJSONSchema(option, options);
  const { at: __, by: ___, ...properties } = schema.properties ?? {};
  const required = (schema.required ?? []).filter((name) => name !== "at" && name !== "by");
  return { ...schema, properties, required };
};

export const commandNames = AnyCommand.options.map(({ shape }) => shape.type.value);

export const openApi = (): Json => ({
  openapi: "3.1.0",
  info: {
    title: "Assay",
    version: "1",
    description:
      "Read inspections and their facts; send any command. A command under an Idempotency-Key " +
      "that was used before is answered as it was then, and records nothing again.",
    license: { name: "MIT", identifier: "MIT" },
  },
  paths: scoped({
    ...reading,
    ...planning,
    ...tracking,
    ...inTheField,
    "/api/v1/commands": sending,
  }),
  components: components(),
});

/** Each operation with the scope that a token needs for it; a session needs none. */
const scoped = (paths: Readonly<Record<string, Json>>): Json =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => {
          const scope = method === "post" ? "assay:send" : "assay:read";
          const security = [{ session: [] }, { token: [scope] }];
          return [method, { ...(operation as Json), security }];
        }),
      ),
    ]),
  );

const paging = [
  parameter("from", "query", { schema: { type: "integer", minimum: 0, default: 0 } }),
  parameter("limit", "query", {
    schema: { type: "integer", minimum: 1, maximum: 500, default: 100 },
  }),
];

const listed = (name: string, item: Json): Json => ({
  type: "object",
  required: [name, "total"],
  properties: {
    [name]: { type: "array", items: item },
    total: { type: "integer", minimum: 0, description: "Of the whole list." },
    next: { type: "string", description: "Where the list goes on; absent at its end." },
  },
});

const reading: Readonly<Record<string, Json>> = {
  "/api/v1/inspections": get(
    "Every inspection that you may see",
    json(listed("inspections", ref("InspectionLine")), "With stage, score, how much is late."),
    paging,
  ),
  "/api/v1/inspections/{inspection}": get(
    "One inspection: stage, dates, team, phases",
    json(ref("InspectionLine"), "The inspection."),
    [inspection],
  ),
  "/api/v1/inspections/{inspection}/events": get(
    "Its facts, in the order in which they were recorded",
    json(listed("events", ref("StoredFact")), "A page of facts, and `next` where there are more."),
    [inspection, ...paging],
  ),
  "/api/v1/inspections/{inspection}/ratings": get(
    "Its ratings as concluded and as computed from the facts",
    json({ type: "object" }, "The ratings."),
    [inspection],
  ),
  "/api/v1/inspections/{inspection}/ratings/{subject}/why": get(
    "Why a rating was given: a tree of sentences and the facts behind them",
    json({ type: "object" }, "The tree."),
    [inspection, parameter("subject", "path", { description: "A standard, or overall." })],
  ),
  "/api/v1/inspections/{inspection}/report/review": get(
    "What the checks find in the draft report, and first words for its sections",
    json({ type: "object" }, "Findings, errors first; suggestions."),
    [inspection],
  ),
  "/api/v1/inspections/{inspection}/report/accuracy": get(
    "The factual-accuracy round: comments, answers, and what changed since the draft was sent",
    json({ type: "object" }, "The round."),
    [inspection],
  ),
  "/api/v1/duties": get(
    "What is owed by whom by when, the earliest first",
    json(listed("duties", ref("Duty")), "The duties."),
    [...paging, parameter("mine", "query", { description: "Present: only your own." })],
  ),
};

const programme = parameter("programme", "path", { description: "Such as cycle-4." });

const planning: Readonly<Record<string, Json>> = {
  "/api/v1/programmes": get(
    "Every programme: its phase, how much is placed, what is owed",
    json(listed("programmes", { type: "object", required: ["programme", "href"] }), "A page."),
    paging,
  ),
  "/api/v1/programmes/{programme}": get(
    "One programme: its rules, its schedule with reasons, what is left out",
    json({ type: "object" }, "The programme."),
    [programme],
  ),
  "/api/v1/programmes/{programme}/placements/{service}": get(
    "Why a service is inspected when it is and by whom, or why it is left out",
    json({ type: "object" }, "The placement."),
    [programme, parameter("service", "path", {})],
  ),
};

const object = (description: string): Json => json({ type: "object" }, description);

const tracking: Readonly<Record<string, Json>> = {
  "/api/v1/calendars": get(
    "The addresses of your calendar feed and of the programmes'",
    object("Paths, each with its token."),
  ),
  "/api/v1/workload": get("Who has how much, and what is late", object("By person.")),
  "/api/v1/agreement": get(
    "How far first and second markings agree, over all inspections",
    object("Overall, by standard, by pair, and drift."),
  ),
  ...Object.fromEntries(
    Object.entries({
      plan: "The plan that both sides see",
      requests: "What was asked of the service, and what became of it",
      letters: "The letters that announced it",
      reminders: "Who was reminded of what, and whether that reached them",
      allocation: "Who has which case, and a proposal for the rest",
      "domain-one": "Evidence by key question, gaps and proposals",
      quality: "The quality sample and what became of it",
      agreement: "How far first and second markings agree",
    }).map(([part, what]) => [
      `/api/v1/inspections/{inspection}/${part}`,
      get(what, object(what), [inspection]),
    ]),
  ),
};

const results = object("Each with its outcome: accepted, conflict, refused or malformed.");

const inTheField: Readonly<Record<string, Json>> = {
  "/api/v1/batches": {
    post: {
      summary: "Fieldwork's commands that were recorded elsewhere, in order, with id and at",
      requestBody: {
        required: true,
        content: { "application/json": { schema: { type: "object", required: ["commands"] } } },
      },
      responses: { "200": results, "422": problemAnswer("Nothing of the batch was taken.") },
    },
  },
  "/api/v1/inspections/{inspection}/judgements": {
    post: {
      summary: "A sheet of judgements (CSV or JSON), in base64 as sheet",
      parameters: [inspection],
      requestBody: {
        required: true,
        content: { "application/json": { schema: { type: "object", required: ["sheet"] } } },
      },
      responses: { "200": results, "422": problemAnswer("Nothing was imported: every problem.") },
    },
  },
};

const sending: Json = {
  post: {
    summary: "Send a command",
    parameters: [
      parameter("Idempotency-Key", "header", {
        required: true,
        description: "The command's id, a UUID that you choose.",
        schema: { type: "string", format: "uuid" },
      }),
      parameter("Prefer", "header", {
        description: "`handling=strict`: nothing is recorded where there would be `warnings`.",
      }),
    ],
    requestBody: {
      required: true,
      content: { "application/json": { schema: ref("Command") } },
    },
    responses: {
      "200": json(ref("Accepted"), "Accepted, with the stream's revision afterwards."),
      "401": problemAnswer("Nobody is signed in."),
      "409": problemAnswer("Refused, with the reason, or held back with warnings."),
      "422": problemAnswer("Not a command, with the issues."),
      "429": problemAnswer("Too many requests; see Retry-After."),
      "503": problemAnswer("No answer. The same request may be sent again."),
    },
  },
};

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
    Accepted: {
      type: "object",
      required: ["accepted", "stream", "revision", "events"],
      properties: {
        accepted: { const: true },
        stream: { type: "string" },
        revision: { type: "integer" },
        events: { type: "integer", minimum: 0 },
        warnings: {
          type: "array",
          description: "Words of the request that could identify a child. They were recorded.",
          items: {
            type: "object",
            required: ["kind", "words"],
            properties: { kind: { type: "string" }, words: { type: "string" } },
          },
        },
      },
    },
    ...answers,
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
