import { sampleOf } from "@assay/spec/assessing.ts";
import { recipients } from "@assay/spec/before-fieldwork.ts";
import { people, service, team } from "@assay/spec/people.ts";
import { type Refused, testRefusals } from "@assay/spec/refusals.ts";
import { fieldworkDays, nonce, plainRows } from "@assay/spec/story.ts";

import { commitmentTo } from "../sampling/stream.ts";

const reason = "A good reason";
const laterDays = { start: "2021-06-14", end: "2021-06-18" };
const schedule = {
  type: "ScheduleInspection",
  service,
  framework: "yos-2018",
  fieldwork: fieldworkDays,
  team,
} as const;
const file = {
  type: "ReceiveSubmission",
  request: "contextual-data",
  digest: "d".repeat(64),
  bytes: 12,
  mediaType: "text/csv",
  name: "figures.csv",
} as const;
const replace = (id: string) =>
  ({ type: "ReplaceCase", case: id, reason: "not-eligible", note: "Too old." }) as const;

/** What the charts refuse, with the phase in which and the fact that comes first. */
const reconstruction = { source: "a published report", counts: true, unrated: [], said: [] };

const refused: readonly Refused[] = [
  ...[
    { ...schedule, framework: "yos-2021" },
    { ...schedule, programme: "another" },
    schedule,
    { ...schedule, programme: "cycle-one", team: team.slice(0, 3) },
    { ...schedule, programme: "cycle-one", reconstruction },
  ].map((ask): Refused => ({
    at: "notified",
    by: people.scheduler,
    ask,
    says: { phase: "inspection active.notified" },
  })),
  {
    at: "announced",
    by: people.scheduler,
    ask: { type: "AnnounceInspection", commitment: "a".repeat(64), recipients },
    says: { phase: "inspection active.announced" },
  },
  {
    at: "announced",
    by: people.scheduler,
    ask: {
      type: "AnnounceInspection",
      commitment: commitmentTo(nonce),
      recipients: recipients.slice(1),
    },
  },
  ...(["sampled", "opened"] as const).map((at): Refused => ({
    at,
    by: people.scheduler,
    ask: { type: "RescheduleInspection", fieldwork: laterDays, reason },
  })),
  {
    at: "scheduled",
    by: people.provider,
    ask: { type: "SubmitCaseList", rows: plainRows },
    says: { phase: "inspection active.scheduled", first: "InspectionAnnounced" },
  },
  {
    at: "listed",
    by: people.provider,
    ask: { type: "SubmitCaseList", rows: plainRows.slice(1) },
    says: { first: "CaseListReturned" },
  },
  { at: "sampled", by: people.analyst, ask: { type: "ReturnCaseList", reason } },
  {
    at: "announced",
    by: people.analyst,
    ask: { type: "DrawSample", nonce },
    says: { first: "CaseListSubmitted" },
  },
  {
    at: "sampled",
    by: people.analyst,
    ask: { type: "DrawSample", nonce, beacon: "00" },
  },
  { at: "listed", by: people.analyst, ask: { type: "NotifySample" } },
  {
    at: "sampled",
    by: people.scheduler,
    ask: (world) => ({
      type: "BookInterview",
      case: sampleOf(world)[0]!,
      day: "2021-05-18",
      with: "case-manager",
    }),
  },
  { at: "sampled", by: people.lead, ask: (world) => replace(sampleOf(world)[0]!) },
  {
    at: "fieldwork-closed",
    by: people.lead,
    ask: (world) => replace(sampleOf(world)[0]!),
    says: { phase: "lifecycle standing.active progress.panel" },
  },
  ...(["ReceiveSubmission", "SatisfyRequest", "ChaseRequest"] as const).map((type): Refused => ({
    at: "scheduled",
    by: people.scheduler,
    ask: type === "ReceiveSubmission" ? file : { type, request: "case-list" },
    says: { first: "InspectionAnnounced" },
  })),
  { at: "published", by: people.head, ask: { type: "PostponeInspection", reason } },
  { at: "closed", by: people.head, ask: { type: "CancelInspection", reason } },
  {
    at: "announced",
    before: (world) => void world.tell(people.head, { type: "PostponeInspection", reason }),
    by: people.head,
    ask: { type: "PostponeInspection", reason: "Another reason" },
    says: { phase: "inspection postponed", first: "InspectionResumed" },
  },
  {
    at: "announced",
    before: (world) => void world.tell(people.head, { type: "PostponeInspection", reason }),
    by: people.provider,
    ask: { type: "SubmitCaseList", rows: plainRows },
    says: { first: "InspectionResumed" },
  },
  {
    at: "announced",
    before: (world) => void world.tell(people.head, { type: "CancelInspection", reason }),
    by: people.head,
    ask: { type: "CancelInspection", reason: "Another reason" },
  },
];

testRefusals({ NotInThisPhase: refused });
