/** One command of each kind about a programme, as its schema wants it. */
import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { defaultRules } from "@assay/domain/announcement/programme/state.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { madeUpProblem } from "@assay/domain/planning/made-up-problem.ts";

const problem = madeUpProblem({ seed: 7, services: 2, inspectors: 6, years: 1 });
const reason = "The board meets that week.";
const period = { first: "2026-12-01", last: "2026-12-31" };
const service = problem.services[0]!.id;
const inspector = problem.inspectors[0]!.id;
const placement = {
  service,
  start: "2026-06-01",
  end: "2026-06-05",
  team: [{ person: inspector, lead: true }],
};

const contents: Readonly<Record<ProgrammeCommand["type"], object>> = {
  OpenProgramme: { name: "Fourth cycle", period: problem.period },
  ChangePlanningRules: { rules: defaultRules },
  EnrolServices: { services: problem.services },
  RemoveService: { service, reason },
  RegisterInspectors: { inspectors: problem.inspectors },
  ReleaseInspector: { inspector },
  DeclareBlackout: { period, reason },
  LiftBlackout: { period },
  ProposeSchedule: {},
  ChangePlacement: { placement, reason },
  ReleasePlacement: { service },
  ConfirmSchedule: {},
};

export const programmeAsked = (type: ProgrammeCommand["type"], by: Actor): ProgrammeCommand =>
  ProgrammeCommand.parse({
    type,
    at: "2026-01-05T09:00:00.000Z",
    by,
    programme: "cycle-4",
    ...contents[type],
  });
