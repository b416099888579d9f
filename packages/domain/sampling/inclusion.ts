/**
 * Each case's chance of being drawn: equal for all, except that a worker with very many cases
 * may not be expected to give more than the cap.
 */
import { z } from "zod";

/** What the draw promised each case. `lowered` is empty when all chances are equal. */
export const Inclusion = z.strictObject({
  /** Chance of every case that is not among the lowered. */
  common: z.number().min(0).max(1),
  lowered: z
    .array(z.strictObject({ managerCases: z.int().min(1), probability: z.number().min(0).max(1) }))
    .readonly(),
  /** The cap as set, and the cap in force: higher only where the size is out of reach otherwise. */
  cap: z.strictObject({ set: z.int().min(1), used: z.int().min(1) }),
});
export type Inclusion = z.infer<typeof Inclusion>;

export type InclusionRequest = {
  readonly size: number;
  /** Cases per manager; cases that nobody holds are left out of it. */
  readonly loads: readonly number[];
  readonly population: number;
  readonly cap: number;
};

/** The least cap, from the one set upwards, under which `size` cases can be drawn at all. */
export const capInForce = ({ size, loads, population, cap }: InclusionRequest): number => {
  const held = loads.reduce((sum, load) => sum + load, 0);
  let used = cap;
  const reach = (): number =>
    loads.reduce((sum, load) => sum + Math.min(load, used), population - held);
  while (reach() < size) used += 1;
  return used;
};

/**
 * The chances that are as equal as the cap allows: the same for all cases but those of managers for
 * whom that chance would mean more than the cap, whose cases share the cap equally. They sum to the
 * size. Chances that vary with a manager's load are rare: the load must pass cap × population/size.
 */
export const inclusionFor = (request: InclusionRequest): Inclusion => {
  const used = capInForce(request);
  const loads = [...request.loads].sort((a, b) => b - a);
  let size = request.size;
  let population = request.population;
  const lowered: { managerCases: number; probability: number }[] = [];
  for (const load of loads) {
    if (load <= used || size * load <= used * population) break;
    lowered.push({ managerCases: load, probability: used / load });
    size -= used;
    population -= load;
  }
  const common = population === 0 ? 0 : size / population;
  return { common, lowered, cap: { set: request.cap, used } };
};
