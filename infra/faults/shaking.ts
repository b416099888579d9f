/** When something goes wrong, and how long things take: chance from a scenario's seed. */
import { pause } from "@assay/host/fault.ts";

import { chanceOf, type Rates, type Scenario } from "./scenario.ts";

export type Shaking = {
  /** Whether this goes wrong now. */
  readonly happens: (what: keyof Rates) => boolean;
  /** Takes its time, now and then. */
  readonly dawdle: () => Promise<void>;
};

/** Longest delay, in milliseconds. */
const longest = 6;

export type Shaken = {
  readonly life: number;
  readonly where: string;
  /** Resolves once it answers again, where it was stopped. */
  readonly held: () => Promise<unknown>;
};

/** Each life of the system, between two crashes, has a chance of its own. */
export const shakingIn = ({ seed, rates }: Scenario, { life, where, held }: Shaken): Shaking => {
  const chance = chanceOf(seed, `${where} ${life}`);
  const happens: Shaking["happens"] = (what) => chance.below(1000) < rates[what];
  return {
    happens,
    dawdle: async () => {
      await held();
      if (happens("late")) await pause(chance.below(longest));
    },
  };
};
