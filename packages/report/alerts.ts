/** Alerts of fieldwork and what came of them, as numbers: nobody is to be known by them. */
import type { Fact } from "./recorded.ts";

export type Alerts = {
  readonly raised: number;
  /** Of these, those that the service answered, and those that are closed. */
  readonly answered: number;
  readonly closed: number;
};

export const alertsIn = (facts: readonly Fact[]): Alerts => {
  const seen = { AlertRaised: new Set(), AlertAnswered: new Set(), AlertClosed: new Set() };
  for (const fact of facts) {
    if (fact.type === "AlertRaised" || fact.type === "AlertAnswered" || fact.type === "AlertClosed")
      seen[fact.type].add(fact.alert);
  }
  return {
    raised: seen.AlertRaised.size,
    answered: seen.AlertAnswered.size,
    closed: seen.AlertClosed.size,
  };
};
