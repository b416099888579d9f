/**
 * The API on programmes: every programme, one with its schedule, and why a service is where it is.
 */
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { placementsTold, programmeTold } from "@assay/domain/tracking/programme.ts";

import type { Answer } from "../http/answer.ts";
import type { Handle, Visit } from "../pages/page.ts";
import { isStaff } from "../reading/viewer.ts";
import { problem } from "./problem.ts";
import { list, read } from "./v1.ts";

export const programmes: Handle = async (visit) => {
  if (!isStaff(visit.viewer)) return problem(404);
  const all = await visit.library.programmes();
  const told = [...all].map(([id, state]) => {
    const { placements, leftOut, rules: _rules, ...brief } = programmeTold(id, state, visit.now);
    const href = `/api/v1/programmes/${id}`;
    return { ...brief, placements: placements.length, leftOut: leftOut.length, href };
  });
  return list(visit, "programmes", told);
};

export const programme: Handle = (visit) =>
  withProgramme(visit, (id, state) => read(visit, programmeTold(id, state, visit.now)));

export const placement: Handle = (visit) =>
  withProgramme(visit, (id, state) => {
    const service = visit.parts["service"];
    const placed = placementsTold(id, state).find((each) => each.service === service);
    const left = programmeTold(id, state, visit.now).leftOut.find(
      (each) => each.service === service,
    );
    const found = placed ?? left;
    return found ? read(visit, found) : problem(404);
  });

const withProgramme = async (
  visit: Visit,
  answer: (id: ProgrammeId, state: ProgrammeState) => Answer,
): Promise<Answer> => {
  if (!isStaff(visit.viewer)) return problem(404);
  const id = visit.parts["programme"] as ProgrammeId;
  const state = (await visit.library.programmes()).get(id);
  return state ? answer(id, state) : problem(404);
};
