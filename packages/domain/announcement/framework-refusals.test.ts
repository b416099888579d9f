import { people, service, team } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { fieldworkDays } from "@assay/spec/story.ts";

import type { InspectionRefusal } from "./commands.ts";
import type { ByFramework } from "./contract/framework.ts";

const schedule = {
  type: "ScheduleInspection",
  service,
  framework: "yos-2018",
  fieldwork: fieldworkDays,
  team,
} as const;

const table: Pick<Refusals<InspectionRefusal>, ByFramework> = {
  UnknownFramework: [
    {
      at: "unscheduled",
      by: people.scheduler,
      ask: { ...schedule, framework: "yos-1999" },
      says: { framework: "yos-1999", known: ["yos-2018", "yos-2021", "youth-justice-2025"] },
    },
  ],
  BeforeTheFramework: [
    {
      at: "unscheduled",
      by: people.scheduler,
      ask: {
        ...schedule,
        framework: "youth-justice-2025",
        fieldwork: { start: "2025-04-07", end: "2025-04-11" },
      },
      says: { announcement: "2025-03-10", from: "2025-04-01" },
    },
  ],
  UnknownPartner: [
    {
      at: "unscheduled",
      by: people.scheduler,
      ask: { ...schedule, team: [{ ...schedule.team[0], partner: "health" }] },
      says: { partner: "health", known: [] },
    },
  ],
  UnknownKind: [
    {
      at: "unscheduled",
      by: people.scheduler,
      ask: { ...schedule, kind: "follow-up" },
      says: { kind: "follow-up", known: ["full"] },
    },
  ],
};

testRefusals(table);
