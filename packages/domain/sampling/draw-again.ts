/**
 * A recorded draw made again from what it rests on. Nothing is taken from the record: the settings
 * come from the framework, the sizes that a person set and the beacon from their own facts.
 */
import { type Draw, drawSample, type DrawRequest } from "./draw.ts";

/** One thing that is not as it should be: what is on record, and what was found instead. */
export type Difference = {
  /** `list`, `nonce`, `seed`, `commitment` …, or a path such as `cases.sample`. */
  readonly what: string;
  readonly certificate: string;
  readonly found: string;
};

/** What differs; nothing when the same cases are drawn, for the same reasons. */
export const drawAgain = (recorded: Draw, request: DrawRequest): readonly Difference[] => {
  const { populations, ...common } = drawSample(request);
  return [
    ...membersThatDiffer("", recorded, common),
    ...compare("populations", Object.keys(recorded.populations), Object.keys(populations)),
    ...Object.entries(populations).flatMap(([population, drawn]) =>
      membersThatDiffer(`${population}.`, recorded.populations[population] ?? {}, drawn),
    ),
  ];
};

/** Every member of what was found is compared; those beside them are not. */
export const membersThatDiffer = <Found extends object>(
  prefix: string,
  recorded: Partial<NoInfer<Found>>,
  found: Found,
): readonly Difference[] =>
  (Object.keys(found) as (keyof Found & string)[]).flatMap((name) =>
    compare(`${prefix}${name}`, recorded[name], found[name]),
  );

export const compare = (what: string, recorded: unknown, found: unknown): readonly Difference[] => {
  const [left, right] = [JSON.stringify(recorded), JSON.stringify(found)];
  return left === right
    ? []
    : [{ what, certificate: left ?? "nothing", found: right ?? "nothing" }];
};
