/**
 * Which assessments are looked at again, by rule and not by liking. From a seed that nobody who
 * assesses may know beforehand, so that every case may be the one: anyone can check it afterwards.
 */
import type { CaseId, Digest, PersonId } from "../../kernel/ids.ts";
import { randomStream } from "../../sampling/stream.ts";

export type Chosen = { readonly case: CaseId; readonly because: "share" | "flagged" };

/**
 * The share of the cases, rounded up, that comes first in the seed's order, and every flagged case
 * besides. A case's place depends on the seed and its own name alone, so a replaced case leaves the
 * order of all others as it was.
 */
export const dipSample = (choosing: {
  readonly seed: Digest;
  readonly cases: readonly { readonly case: CaseId; readonly flagged: boolean }[];
  /** From 0 to 100. */
  readonly percent: number;
}): readonly Chosen[] => {
  const { seed, cases, percent } = choosing;
  const ids = cases.map((each) => each.case);
  const share = firstShare(inOrder(seed, "assay-dip-sample/1", ids), percent);
  const flagged = cases.filter((each) => each.flagged && !share.includes(each.case));
  return [
    ...share.map((id) => ({ case: id, because: "share" as const })),
    ...flagged.map((each) => ({ case: each.case, because: "flagged" as const })),
  ];
};

export type SecondMarking = { readonly case: CaseId; readonly to: PersonId };

/**
 * The share of the cases, rounded up, to be marked twice, each by the person who has fewest so far
 * of those who did not assess it; of equals, the first in the list. A case that all of them
 * assessed passes its turn to the next in order.
 */
export const chooseSecondMarkings = (choosing: {
  readonly seed: Digest;
  readonly cases: readonly { readonly case: CaseId; readonly assessors: readonly PersonId[] }[];
  readonly percent: number;
  readonly markers: readonly PersonId[];
}): readonly SecondMarking[] => {
  const { seed, cases, percent, markers } = choosing;
  const assessors = new Map(cases.map((each) => [each.case, each.assessors]));
  const loads = new Map(markers.map((person) => [person, 0]));
  const wanted = Math.ceil((cases.length * percent) / 100);
  const chosen: SecondMarking[] = [];
  for (const id of inOrder(seed, "assay-second-marking/1", [...assessors.keys()])) {
    if (chosen.length === wanted) break;
    const to = markers
      .filter((person) => !assessors.get(id)!.includes(person))
      .toSorted((a, b) => loads.get(a)! - loads.get(b)!)[0];
    if (to === undefined) continue;
    loads.set(to, loads.get(to)! + 1);
    chosen.push({ case: id, to });
  }
  return chosen;
};

const inOrder = (seed: Digest, label: string, cases: readonly CaseId[]): readonly CaseId[] =>
  cases
    .map((id) => ({ id, place: randomStream(seed, `${label}/${id}`).fraction() }))
    .toSorted((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);

const firstShare = (cases: readonly CaseId[], percent: number): readonly CaseId[] =>
  cases.slice(0, Math.ceil((cases.length * percent) / 100));
