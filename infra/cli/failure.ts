/** How a command says no: what was wrong, everywhere at once, and what to do about it. */
import { StoreFault } from "@assay/store/port.ts";

import type { Status } from "./terminal.ts";

/** Something wrong in what was given: where, and what. */
export type Problem = { readonly place: string; readonly problem: string };

/** The input is refused, or there is nothing to answer from. Ends with status 1. */
export class Refused extends Error {
  readonly status: Status = 1;
  readonly problems: readonly Problem[];

  constructor(message: string, problems: readonly Problem[] = [], options: ErrorOptions = {}) {
    super(message, options);
    this.name = "Refused";
    this.problems = problems;
  }
}

/** The command was not given as it must be. Ends with status 2. */
export class WrongUsage extends Error {
  readonly status: Status = 2;
  readonly problems: readonly Problem[] = [];

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = "WrongUsage";
  }
}

export const failureText = ({ message, problems }: Refused | WrongUsage): string =>
  [message, ...problems.map(({ place, problem }) => `  ${place}: ${problem}`), ""].join("\n");

/** What the disk or the keys refuse is refused to the person, in the fault's own words. */
export const refusingFaults = async (work: () => Promise<void> | void): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    throw new Refused(error.message, [], { cause: error });
  }
};
