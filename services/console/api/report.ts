/** The API on a report that is being written: what the checks find, and what changed since. */

import type { Handle } from "../pages/page.ts";
import { accuracyIn, reviewIn } from "../reading/drafts.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { problem } from "./problem.ts";
import { read, withInspection } from "./v1.ts";

export const review: Handle = async (visit) =>
  withInspection(visit, async (held) => {
    if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) return problem(404);
    const found = reviewIn(await visit.library.events(held));
    return found ? read(visit, found) : problem(404, { detail: "The ratings are not concluded." });
  });

export const accuracy: Handle = async (visit) =>
  withInspection(visit, async (held) => {
    if (!isStaff(visit.viewer)) return problem(404);
    return read(visit, accuracyIn(await visit.library.events(held)));
  });
