/** What the API's main answers look like, as JSON Schema for its description. */
import { Role } from "@assay/domain/kernel/actor.ts";

import { charts } from "../reading/held.ts";
import { stages } from "../reading/tracker.ts";

const text = { type: "string" } as const;
const count = { type: "integer", minimum: 0 } as const;
const moment = { type: "string", format: "date-time" } as const;

export const answers = {
  InspectionLine: {
    type: "object",
    required: ["inspection", "service", "stage", "framework", "rating", "published", "href"],
    properties: {
      inspection: text,
      service: { ...text, description: "The service's name." },
      stage: { enum: [...stages, "postponed", "cancelled"] },
      framework: { type: ["string", "null"] },
      rating: {
        description: "Null until the panel has concluded, and to those who may not see it.",
        oneOf: [
          { type: "null" },
          {
            type: "object",
            required: ["score", "maxScore"],
            properties: { score: count, maxScore: count, overall: text },
          },
        ],
      },
      published: {
        oneOf: [
          { type: "null" },
          {
            type: "object",
            required: ["version", "at"],
            properties: { version: count, at: moment },
          },
        ],
      },
      href: text,
      late: { ...count, description: "How much is owed and late." },
      alerts: {
        type: "object",
        required: ["open", "overdue"],
        properties: { open: count, overdue: count },
      },
      timetable: { type: ["object", "null"], additionalProperties: { ...text, format: "date" } },
      team: {
        type: "array",
        items: { type: "object", required: ["person", "role"], properties: { person: text } },
      },
      phases: { type: "object", required: [...charts], additionalProperties: text },
      events: count,
    },
  },
  StoredFact: {
    type: "object",
    required: ["stream", "revision", "position", "type", "data", "metadata"],
    properties: {
      stream: text,
      revision: count,
      position: text,
      type: text,
      data: { type: "object" },
      metadata: { type: "object" },
    },
  },
  Duty: {
    type: "object",
    required: ["inspection", "service", "step", "key", "what", "owner", "late"],
    properties: {
      inspection: text,
      service: text,
      step: { enum: [...charts] },
      key: { ...text, description: "The same for as long as it is owed." },
      what: text,
      owner: { enum: [...Role.options] },
      person: text,
      due: moment,
      late: { type: "boolean" },
    },
    additionalProperties: false,
  },
} as const;
