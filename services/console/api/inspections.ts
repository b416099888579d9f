/** The API on inspections as they stand: all in lines, one with days and team, what is owed. */
import { TeamMember } from "@assay/domain/announcement/events.ts";
import { Timetable } from "@assay/domain/framework/timetable.ts";
import { phaseName } from "@assay/domain/kernel/chart.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { sooner } from "@assay/domain/tracking/owed.ts";
import { z } from "zod";

import { inspectionIn, type Visit } from "../pages/page.ts";
import type { Held, Listed } from "../reading/held.ts";
import { chartNames as charts } from "@assay/domain/tracking/standing.ts";
import { possibleTo } from "../reading/possible.ts";
import { isTheirs, owedFor, scoredOf, serviceName, stageOf } from "../reading/tracker.ts";
import { isStaff, maySee, maySeeRatings } from "../reading/viewer.ts";
import { count, Duty, inspectionLine, Possible, text } from "./answers.ts";
import { type Endpoint, lists, reads } from "./endpoint.ts";

const InspectionLine = z.strictObject({
  ...inspectionLine,
  late: count.describe("How much is owed and late."),
  alerts: z.strictObject({ open: count, overdue: count }).optional().describe("To staff."),
});

const Inspection = z.strictObject({
  ...inspectionLine,
  timetable: Timetable.nullable(),
  possible: Possible,
  team: z.array(TeamMember).readonly().optional().describe("To staff, like what follows."),
  phases: z.record(z.enum(charts), text).optional(),
  entered: z.record(text, text).optional().describe("When each phase was last entered."),
  events: count.optional(),
});

export const ofInspections: readonly Endpoint[] = [
  lists(
    "/inspections",
    { summary: "Every inspection that you may see", name: "inspections", item: InspectionLine },
    async (visit) =>
      (await visibleTo(visit)).map((held) => ({
        ...summary(visit, held),
        late: owedFor(held, visit.now).filter(({ late }) => late).length,
        ...(isStaff(visit.viewer) && { alerts: alertsOf(held, visit.now) }),
      })),
  ),
  reads(
    "/inspections/:inspection",
    { summary: "One inspection: stage, dates, team, phases, what you may do", answer: Inspection },
    async (visit) => {
      const held = await inspectionIn(visit);
      const events = await visit.library.events(held);
      const { timetable, team } = held.announcement.briefing;
      const line = {
        ...summary(visit, held),
        timetable: timetable ?? null,
        possible: possibleTo(visit.viewer, { held, events }, { at: visit.now }),
      };
      return isStaff(visit.viewer) ? { ...line, team, ...courseOf(held) } : line;
    },
  ),
  lists(
    "/duties",
    {
      summary: "What is owed by whom by when, the earliest first",
      name: "duties",
      item: Duty,
      query: { mine: text.optional().describe("Present: only your own.") },
    },
    async (visit, { mine }) =>
      (await visibleTo(visit))
        .flatMap((held) =>
          owedFor(held, visit.now)
            .filter(({ owner }) => isStaff(visit.viewer) || owner === "provider-user")
            .filter((each) => mine === undefined || isTheirs(each, visit.viewer, held)),
        )
        .toSorted(sooner),
  ),
];

const courseOf = (held: Held) => ({
  phases: {
    announcement: phaseName(held.announcement.phase),
    fieldwork: phaseName(held.fieldwork.phase),
    panel: phaseName(held.panel.phase),
    publication: phaseName(held.publication.phase),
  },
  entered: Object.fromEntries(held.entered),
  events: held.events,
});

const visibleTo = async ({ library, viewer }: Visit): Promise<readonly Listed[]> =>
  [...(await library.all()).values()].filter(
    (held) => viewer.kind === "person" && maySee(viewer, held),
  );

const alertsOf = ({ alerts }: Listed, now: Instant) => ({
  open: alerts.length,
  overdue: alerts.filter((due) => due < now).length,
});

const summary = ({ viewer }: Visit, held: Listed) => ({
  inspection: held.inspection,
  service: serviceName(held),
  stage: stageOf(held),
  framework: held.framework ?? null,
  rating: maySeeRatings(viewer, held) ? (scoredOf(held) ?? null) : null,
  published: held.published ?? null,
  href: `/api/v1/inspections/${held.inspection}`,
});
