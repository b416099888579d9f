/** Numbers as they are typed. */
import { WrongUsage } from "./failure.ts";

/** A whole number from 1; undefined where none was given. Throws WrongUsage for anything else. */
export const placeNumber = (option: string, given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new WrongUsage(`${option} takes a whole number from 1, not ${given}.`);
};
