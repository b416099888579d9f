import { people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";

import type { InspectionRefusal } from "./commands.ts";
import type { OfRequests } from "./contract/steering.ts";

const reason = "A good reason";
const file = (changes: { readonly bytes?: number; readonly mediaType?: string }) =>
  ({
    type: "ReceiveSubmission",
    request: "contextual-data",
    digest: "d".repeat(64),
    bytes: 12,
    mediaType: "text/csv; charset=utf-8",
    name: "figures.csv",
    ...changes,
  }) as const;
const sentBack = {
  type: "ReturnSubmission",
  request: "contextual-data",
  digest: "d".repeat(64),
  reason,
} as const;

const table: Pick<Refusals<InspectionRefusal>, OfRequests> = {
  UnknownSubmission: [
    {
      at: "announced",
      before: (world) => world.tell(people.provider, file({})),
      by: people.scheduler,
      ask: { ...sentBack, digest: "f".repeat(64) },
    },
  ],
  NothingReceived: [{ at: "announced", by: people.scheduler, ask: sentBack }],
  RequestNotOpen: [
    { at: "notified", by: people.scheduler, ask: { type: "ChaseRequest", request: "case-list" } },
  ],
  FileNotAcceptable: [
    { at: "announced", by: people.provider, ask: file({ bytes: 0 }), says: { why: "empty" } },
    {
      at: "announced",
      by: people.provider,
      ask: file({ bytes: 300_000_000 }),
      says: { why: "too-large" },
    },
    {
      at: "announced",
      by: people.provider,
      ask: file({ mediaType: "application/x-msdownload" }),
      says: { why: "unknown-kind" },
    },
    {
      at: "announced",
      before: (world) => {
        world.tell(people.provider, file({}));
        world.tell(people.scheduler, sentBack);
      },
      by: people.provider,
      ask: file({}),
      says: { why: "returned-before" },
    },
    {
      at: "announced",
      before: (world) => void world.tell(people.provider, file({})),
      by: people.provider,
      ask: { ...file({}), name: "the same figures.csv" },
      says: { why: "received-before" },
    },
  ],
  UnknownRequest: [
    {
      at: "announced",
      by: people.lead,
      ask: { type: "SatisfyRequest", request: "rota" },
      says: { known: ["case-list", "evidence-in-advance", "contextual-data"] },
    },
  ],
};
testRefusals(table);
