/** The stage of an inspection as everybody reads it: on pages, in lists, over the API. */
import { type LifecyclePhase, lifecycleStages } from "./machine.ts";

/** In the order in which an inspection passes through them. */
export const stages = lifecycleStages;

/** Where an inspection may be seen to be. */
export type Stage = (typeof stages)[number] | "unscheduled" | "postponed" | "cancelled";

/** Where it is now; one that rests or was cancelled is there and nowhere else. */
export const stageOf = ({ value: { standing, progress } }: LifecyclePhase): Stage => {
  if (standing === "postponed" || standing === "cancelled") return standing;
  return typeof progress === "string" ? progress : (Object.keys(progress)[0] as Stage);
};
