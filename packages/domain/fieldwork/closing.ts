/** What stands between fieldwork and its closing. */
import { judgedIn } from "../briefing/inspection.ts";
import type { FieldworkRefusal } from "./commands.ts";
import type { FieldworkState } from "./state.ts";

type StillOpen = Extract<FieldworkRefusal, { reason: "StillOpen" }>;

/** Everything that must be done first, at once; undefined when fieldwork can close. */
export const stillOpen = (state: FieldworkState): StillOpen | undefined => {
  const { briefing, files, proposals, alerts, feedback } = state;
  const cases = [...briefing.sample.keys()];
  const open: StillOpen = {
    reason: "StillOpen",
    cases: cases.filter((id) => files.get(id)?.status !== "confirmed"),
    proposals: judgedIn(briefing)
      .filter(({ code }) => !proposals.has(code))
      .map(({ code }) => code),
    alerts: [...alerts].filter(([, { stage }]) => stage === "raised").map(([alert]) => alert),
    secondMarkings: cases.filter((id) => files.get(id)?.second?.completed === false),
    feedback: !feedback,
  };
  const lists = [open.cases, open.proposals, open.alerts, open.secondMarkings];
  return open.feedback || lists.some((list) => list.length > 0) ? open : undefined;
};
