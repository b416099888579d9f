/**
 * One programme: its schedule with the reason for each placement, what is left out, how good it is,
 * and what planners do about it until it holds and its inspections are scheduled.
 */
import { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";
import { programmeTold } from "@assay/domain/tracking/programme.ts";

import { drawPlan } from "../drawing/plan.ts";
import { frameworkChoice } from "../forms/frameworks.ts";
import { placementForms, programmeForms } from "../forms/programme.ts";
import { frameworksOffered } from "../reading/frameworks.ts";
import { isStaff } from "../reading/viewer.ts";
import { type Handle, NotFound, signedIn, type Visit } from "./page.ts";

export const planPage: Handle = async (visit) => {
  signedIn(visit);
  const { id, state } = await programmeIn(visit);
  const told = programmeTold(id, state, visit.now);
  const offered = frameworksOffered(await visit.library.frameworks());
  return visit.render({
    view: "plan",
    title: told.name,
    model: {
      wide: true,
      crumbs: [{ text: "Programme", href: "/programme" }, { text: told.name }],
      now: visit.now,
      told,
      owed: told.owed.map(({ overdue, due, person, ...each }) => ({
        ...each,
        late: overdue,
        ...(due !== null && { due }),
        ...(person !== null && { person }),
      })),
      picture:
        told.placements.length > 0 ? drawPlan(told.placements, dayInEngland(visit.now)) : undefined,
    },
    forms: {
      about: { programme: state, now: visit.now },
      at: {
        here: programmeForms(state),
        ...Object.fromEntries(
          told.placements.map((placement) => [
            `at-${placement.service}`,
            placementForms(state, placement, (start) => frameworkChoice(offered, start)),
          ]),
        ),
      },
    },
  });
};

const programmeIn = async (visit: Visit) => {
  if (!isStaff(visit.viewer)) throw new NotFound();
  const id = ProgrammeId.safeParse(visit.parts["programme"]);
  const all = await visit.library.programmes();
  const state = id.success ? all.get(id.data) : undefined;
  if (!id.success || !state) throw new NotFound();
  return { id: id.data, state };
};
