/**
 * One programme: its schedule with the reason for each placement, what is left out, how good it is,
 * and what planners do about it until it holds and its inspections are scheduled.
 */
import { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { type ProgrammeState, usualFramework } from "@assay/domain/announcement/programme/state.ts";
import { knownById, type Versions } from "@assay/domain/framework/versions.ts";
import { weeksInWords } from "@assay/domain/planning/words.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";
import { programmeTold } from "@assay/domain/tracking/programme.ts";

import { drawPlan } from "../drawing/plan.ts";
import { kindChoice } from "../forms/frameworks.ts";
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
      kinds: kindsPlanned(state, offered),
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
      about: { programme: state, inspections: await visit.library.all(), now: visit.now },
      at: {
        here: programmeForms(state, usualFramework(state, offered)),
        ...Object.fromEntries(
          told.placements.map((placement) => [
            `at-${placement.service}`,
            placementForms(state, placement, (start, planned) =>
              kindChoice(offered, start, planned),
            ),
          ]),
        ),
      },
    },
  });
};

/** Of each service, the framework and the kind of its inspection in words. */
const kindsPlanned = ({ services }: ProgrammeState, offered: Versions) =>
  Object.fromEntries(
    [...services.values()].flatMap(({ id, framework, kind, fieldworkWeeks = 1 }) => {
      const known = framework && knownById(framework, offered)?.framework;
      if (!known) return [];
      const { label } = known.kinds.find((each) => each.id === kind) ?? known.kinds[0]!;
      const weeks = `${weeksInWords(fieldworkWeeks)} of fieldwork`;
      return [[id, `${known.label}: ${label}, ${weeks}`]];
    }),
  );

const programmeIn = async (visit: Visit) => {
  if (!isStaff(visit.viewer)) throw new NotFound();
  const id = ProgrammeId.safeParse(visit.parts["programme"]);
  const all = await visit.library.programmes();
  const state = id.success ? all.get(id.data) : undefined;
  if (!id.success || !state) throw new NotFound();
  return { id: id.data, state };
};
