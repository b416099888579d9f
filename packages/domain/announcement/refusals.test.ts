import { sampleOf } from "@assay/spec/assessing.ts";
import { submitList } from "@assay/spec/before-fieldwork.ts";
import { people, service, team } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { courtOnlyStory, fieldworkDays, nonce, plainRows, plainStory } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";

import { columnsOfFormat1 } from "../framework/format-1.ts";
import { commitmentTo } from "../sampling/stream.ts";
import type { InspectionRefusal } from "./commands.ts";
import type { ByFramework } from "./contract/framework.ts";
import type { OfRequests, Steering } from "./contract/steering.ts";

const reason = "A good reason";
const schedule = {
  type: "ScheduleInspection",
  service,
  framework: "yos-2018",
  fieldwork: fieldworkDays,
  team,
} as const;
const laterDays = { start: "2021-06-14", end: "2021-06-18" };
const replace = (id: string) =>
  ({ type: "ReplaceCase", case: id, reason: "not-eligible", note: "Too old." }) as const;
const restricted = plainRows.map((row) => ({ ...row, restricted: true }));

/** Ties, frameworks, requests and what could steer a sample have tests of their own. */
const table: Omit<
  Refusals<InspectionRefusal>,
  "TiedToTheService" | "FrameworkIsWithdrawn" | ByFramework | OfRequests | Steering
> = {
  NotDelegated: [
    { at: "notified", by: people.lead, ask: { type: "EndDelegation" } },
    {
      // Another team has nobody's deputy in the lead.
      at: "notified",
      before: (world) => {
        world.tell(people.lead, { type: "DelegateLead", to: people.deputy.id, reason });
        world.tell(people.scheduler, { type: "AssignTeam", team: team.slice(0, 3) });
      },
      by: people.lead,
      ask: { type: "EndDelegation" },
    },
  ],
  UnknownOffice: [
    {
      at: "scheduled",
      by: people.scheduler,
      ask: {
        type: "AnnounceInspection",
        recipients: [{ office: "governor", text: { name: "Somebody" } }],
      },
      says: { office: "governor" },
    },
  ],
  DayNotPlausible: ["0026-05-18", "2926-05-18"].flatMap((day) => [
    {
      at: "unscheduled" as const,
      by: people.scheduler,
      ask: { ...schedule, fieldwork: { start: day, end: day } },
      says: { day },
    },
    {
      at: "announced" as const,
      by: people.scheduler,
      ask: { type: "RescheduleInspection" as const, fieldwork: { start: day, end: day }, reason },
      says: { day },
    },
  ]),
  DatesOutOfOrder: [
    {
      at: "unscheduled",
      by: people.scheduler,
      ask: { ...schedule, fieldwork: { start: "2021-05-21", end: "2021-05-17" } },
    },
    {
      at: "announced",
      by: people.scheduler,
      ask: {
        type: "RescheduleInspection",
        fieldwork: { start: "2021-06-18", end: "2021-06-14" },
        reason,
      },
    },
  ],
  NotAWorkingDay: [
    {
      at: "unscheduled",
      by: people.scheduler,
      ask: { ...schedule, fieldwork: { start: "2021-05-31", end: "2021-06-04" } },
      says: { day: "2021-05-31" },
    },
    {
      at: "announced",
      before: (world) => void world.tell(people.head, { type: "PostponeInspection", reason }),
      by: people.head,
      ask: { type: "ResumeInspection", fieldwork: { start: "2021-06-14", end: "2021-06-19" } },
      says: { day: "2021-06-19" },
    },
  ],
  TeamNeedsOneLead: [
    {
      at: "unscheduled",
      by: people.scheduler,
      ask: { ...schedule, team: team.slice(1) },
      says: { leads: [] },
    },
    {
      at: "scheduled",
      by: people.scheduler,
      ask: { type: "AssignTeam", team: [...team, { person: "lola", role: "lead-inspector" }] },
      says: { leads: ["lena", "lola"] },
    },
  ],
  NamedTwice: [
    {
      at: "scheduled",
      by: people.scheduler,
      ask: { type: "AssignTeam", team: [...team, { person: "iris", role: "inspector" }] },
      says: { person: "iris" },
    },
  ],
  HomeServiceNeeded: [
    {
      at: "scheduled",
      by: people.scheduler,
      ask: { type: "AssignTeam", team: [team[0], { person: "liv", role: "local-assessor" }] },
      says: { person: "liv" },
    },
  ],
  NotTheDeputy: [
    {
      at: "announced",
      by: people.lead,
      ask: { type: "DelegateLead", to: people.inspector.id, reason },
      says: { person: people.inspector.id },
    },
  ],
  NoDeputy: [
    {
      at: "announced",
      before: (world) =>
        world.tell(people.scheduler, {
          type: "AssignTeam",
          team: [{ person: people.lead.id, role: "lead-inspector" }],
        }),
      by: people.lead,
      ask: { type: "DelegateLead", to: people.deputy.id, reason },
    },
  ],
  FieldworkHasBegun: [
    {
      at: "opened",
      before: (world) => void world.tell(people.head, { type: "PostponeInspection", reason }),
      by: people.head,
      ask: { type: "ResumeInspection", fieldwork: laterDays },
    },
  ],
  NotYetDue: [
    {
      at: "announced",
      by: people.scheduler,
      ask: { type: "ChaseRequest", request: "case-list" },
      when: "2021-04-16T22:59:00.000Z",
      says: { due: "2021-04-16" },
    },
  ],
  NonceDoesNotMatch: [
    {
      at: "listed",
      by: people.analyst,
      ask: { type: "DrawSample", nonce: "00" },
      says: { commitment: commitmentTo(nonce) },
    },
  ],
  CaseListContradictsFramework: [
    {
      at: "announced",
      by: people.provider,
      ask: {
        type: "SubmitCaseList",
        rows: [{ ...plainRows[0]!, gender: "robot", mood: "calm" }, { ref: "R-2" }],
      },
      says: {
        problems: [
          { row: 1, column: "mood", problem: "unknown-column" },
          { row: 1, column: "gender", problem: "not-allowed" },
          ...columnsOfFormat1
            .filter(({ name }) => name !== "ref")
            .map(({ name: column }) => ({ row: 2, column, problem: "missing" })),
        ],
      },
    },
  ],
  SampleCannotBeDrawn: [
    {
      at: "announced",
      before: (world) => submitList(world, { ...plainStory, rows: restricted }),
      by: people.analyst,
      ask: { type: "DrawSample", nonce },
    },
    {
      at: "announced",
      before: (world) => submitList(world, { ...plainStory, rows: [] }),
      by: people.analyst,
      ask: { type: "DrawSample", nonce },
    },
  ],
  NotInTheSample: [
    { at: "notified", by: people.lead, ask: replace("c0999"), says: { case: "c0999" } },
    {
      at: "notified",
      story: courtOnlyStory,
      by: people.lead,
      ask: (world) => replace(outsideOf(world)),
    },
    {
      at: "notified",
      by: people.scheduler,
      ask: { type: "BookInterview", case: "c0999", day: "2021-05-18", with: "case-manager" },
    },
  ],
  AssessmentConfirmed: [
    { at: "assessed", by: people.lead, ask: (world) => replace(sampleOf(world)[0]!) },
  ],
};

/** A case on the list that was not drawn. */
const outsideOf = (world: World): string =>
  ["c0001", "c0002", "c0003", "c0004", "c0005", "c0006", "c0007", "c0008"].find(
    (id) => !sampleOf(world).includes(id),
  )!;

testRefusals(table);
