/**
 * The landing phase of the cube method by linear programming (Deville and Tillé 2004, section 6):
 * the few cases still open are settled by that random choice among all samples of the right size
 * which keeps every chance and has the least expected imbalance.
 */
import type { RandomStream } from "./stream.ts";
import { leastCost } from "./simplex.ts";

/** At most so many samples are compared; with more, the flight goes on with fewer totals. */
export const mostCandidates = 15_000;

export type Landing = {
  /** The open cases' chances. */
  readonly chances: readonly number[];
  /** What it costs that two open cases (or one, on the diagonal) are drawn together. */
  readonly likeness: readonly (readonly number[])[];
  /** A case's manager, or -1; and how many more of each manager's cases may be drawn. */
  readonly managers: readonly number[];
  readonly room: ReadonlyMap<number, number>;
};

/** How many samples of `size` out of `count` there are, up to a little above `mostCandidates`. */
export const candidateCount = (count: number, size: number): number => {
  let result = 1;
  for (let i = 1; i <= Math.min(size, count - size); i += 1) {
    result = (result * (count - i + 1)) / i;
    if (result > mostCandidates) return mostCandidates + 1;
  }
  return count > 30 && size > 0 && size < count ? mostCandidates + 1 : result;
};

/** The places of the cases that are drawn, or undefined where no such choice exists. */
export const land = (landing: Landing, random: RandomStream): readonly number[] | undefined => {
  const { chances } = landing;
  const size = Math.round(chances.reduce((sum, chance) => sum + chance, 0));
  const candidates = candidatesOf(landing, size);
  const design = leastCost({ ...candidates, targets: chances });
  if (design === undefined) return undefined;
  const total = design.reduce((sum, { weight }) => sum + weight, 0);
  let point = random.fraction() * total;
  const picked = design.find(({ weight }) => (point -= weight) < 0) ?? design.at(-1)!;
  return chances.flatMap((_, place) => ((picked.members >>> place) & 1 ? [place] : []));
};

type Candidates = { readonly members: Uint32Array; readonly costs: Float64Array };

/**
 * Every sample of the size that respects the managers' room, as a bit mask, with its cost: the
 * squared distance of its totals from the expected ones, less a constant.
 */
const candidatesOf = ({ chances, likeness, managers, room }: Landing, size: number): Candidates => {
  const members: number[] = [];
  const costs: number[] = [];
  const left = new Map(room);
  const pull = likeness.map((row) => row.reduce((sum, like, k) => sum + like * chances[k]!, 0));
  const chosen: number[] = [];
  const visit = (place: number, mask: number, cost: number): void => {
    if (chosen.length === size) {
      members.push(mask >>> 0);
      costs.push(cost);
      return;
    }
    if (chances.length - place < size - chosen.length) return;
    const manager = managers[place]!;
    const places = manager < 0 ? Infinity : left.get(manager)!;
    if (places > 0) {
      let added = likeness[place]![place]! - 2 * pull[place]!;
      for (const other of chosen) added += 2 * likeness[place]![other]!;
      chosen.push(place);
      if (manager >= 0) left.set(manager, places - 1);
      visit(place + 1, mask | (1 << place), cost + added);
      if (manager >= 0) left.set(manager, places);
      chosen.pop();
    }
    visit(place + 1, mask, cost);
  };
  visit(0, 0, 0);
  return { members: Uint32Array.from(members), costs: Float64Array.from(costs) };
};
