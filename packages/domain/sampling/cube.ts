/**
 * A balanced draw of fixed size: the cube method on case indicators. Every case keeps its chance
 * exactly, the size is certain, no manager passes the cap, and the totals of all variables at once
 * come as close to the expected ones as whole cases allow.
 */
import { capInForce, inclusionFor, type Inclusion } from "./inclusion.ts";
import { fly, type FlightState, type RowsOf } from "./flight.ts";
import { candidateCount, land, mostCandidates } from "./landing.ts";
import { type RandomStream, shuffled } from "./stream.ts";

export type Balancing = {
  readonly size: number;
  /** How many cases there are to draw from: they are 0 … units - 1. */
  readonly units: number;
  /** For each variable, in order of importance, each case's category. */
  readonly variables: readonly (readonly string[])[];
  /** Each case's manager; empty where there is none. */
  readonly managers: readonly string[];
  readonly cap: number;
};

export type Balanced = { readonly drawn: readonly number[]; readonly inclusion: Inclusion };

/** Pairs of variables count this much of a single variable when the last cases are settled. */
const pairWeight = 1 / 16;

/** Draws `size` of the units; takes all of them when there are no more. */
export const balancedDraw = (request: Balancing, random: RandomStream): Balanced => {
  const loads = loadsOf(request.managers);
  const limits = { ...request, population: request.units, loads: [...loads.values()] };
  const inclusion = inclusionFor(limits);
  const state = stateOf(request, { inclusion, cap: capInForce(limits), loads, random });
  const { variables } = request;
  const order = shuffled(
    Array.from({ length: request.units }, (_, unit) => unit),
    random,
  );

  const single = flyWithinProfiles(state, order, variables);
  const open = fly(
    state,
    single,
    rowsFor(single, variables, { kept: variables.length, pairs: true }),
  );
  settleRest(state, open, variables);
  const drawn = [...state.chances.keys()].filter((unit) => state.chances[unit] === 1);
  return { drawn, inclusion };
};

const loadsOf = (managers: readonly string[]): ReadonlyMap<string, number> => {
  const loads = new Map<string, number>();
  for (const manager of managers)
    if (manager !== "") loads.set(manager, (loads.get(manager) ?? 0) + 1);
  return loads;
};

const stateOf = (
  { units, managers }: Balancing,
  given: {
    readonly inclusion: Inclusion;
    readonly cap: number;
    readonly loads: ReadonlyMap<string, number>;
    readonly random: RandomStream;
  },
): FlightState => {
  const { inclusion, cap, loads, random } = given;
  const lowered = new Map(
    inclusion.lowered.map(({ managerCases, probability }) => [managerCases, probability]),
  );
  const heavy = [...loads].filter(([, load]) => load > cap).map(([manager]) => manager);
  const number = new Map(heavy.map((manager, i) => [manager, i]));
  const chances = Float64Array.from({ length: units }, (_, unit) => {
    const load = loads.get(managers[unit]!) ?? 0;
    return lowered.get(load) ?? inclusion.common;
  });
  const totals = Float64Array.from(heavy, (manager) => {
    const load = loads.get(manager)!;
    return lowered.has(load) ? cap : load * inclusion.common;
  });
  const managerOf = Int32Array.from(managers, (manager) => number.get(manager) ?? -1);
  return { chances, capacity: { cap, managerOf, totals }, random };
};

type Rows = { readonly of: RowsOf; readonly count: number };

/**
 * Row 0 is the size. Every category that occurs among the units has a row, for each of the first
 * `kept` variables and, if asked for, for each pair of them.
 */
const rowsFor = (
  units: readonly number[],
  variables: readonly (readonly string[])[],
  { kept, pairs }: { readonly kept: number; readonly pairs: boolean },
): Rows => {
  const numbers = new Map<string, number>([["size", 0]]);
  const numberOf = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const terms = [...Array.from({ length: kept }, (_, v) => [v]), ...(pairs ? pairsOf(kept) : [])];
  const rows = new Map(
    units.map((unit) => [
      unit,
      [
        0,
        ...terms.map((term) =>
          numberOf(JSON.stringify(term.flatMap((v) => [v, variables[v]![unit]]))),
        ),
      ],
    ]),
  );
  return { of: (unit) => rows.get(unit)!, count: numbers.size };
};

const pairsOf = (count: number): readonly number[][] =>
  Array.from({ length: count }, (_, a) => a).flatMap((a) =>
    Array.from({ length: count - a - 1 }, (_, i) => [a, a + 1 + i]),
  );

/** Cases alike in every variable are settled among themselves, so each profile keeps its share. */
const flyWithinProfiles = (
  state: FlightState,
  order: readonly number[],
  variables: readonly (readonly string[])[],
): number[] => {
  const profiles = Map.groupBy(order, (unit) =>
    JSON.stringify(variables.map((values) => values[unit])),
  );
  const same: Rows = { of: () => [0], count: 1 };
  return [...profiles.values()].flatMap((units) => fly(state, units, same));
};

/**
 * Settles the last cases by linear programming; while they are too many for that, the flight goes
 * on with the least important variable given up. With the size and the cap alone it always ends,
 * because such totals leave only whole numbers at the corners.
 */
const settleRest = (
  state: FlightState,
  left: readonly number[],
  variables: readonly (readonly string[])[],
): void => {
  let open = left;
  for (let kept = variables.length; open.length > 0; kept -= 1) {
    if (kept < 0) throw new Error("the last cases of a draw could not be settled");
    open = fly(state, open, rowsFor(open, variables, { kept, pairs: false }));
    if (open.length === 0 || landed(state, open, variables)) return;
  }
};

const landed = (
  state: FlightState,
  open: readonly number[],
  variables: readonly (readonly string[])[],
): boolean => {
  const { chances, capacity, random } = state;
  const here = open.map((unit) => chances[unit]!);
  const size = Math.round(here.reduce((sum, chance) => sum + chance, 0));
  if (candidateCount(open.length, size) > mostCandidates) return false;
  const managers = open.map((unit) => capacity.managerOf[unit]!);
  const places = land(
    { chances: here, likeness: likenessOf(open, variables), managers, room: roomOf(state) },
    random,
  );
  if (places === undefined) return false;
  const drawn = new Set(places);
  open.forEach((unit, place) => {
    chances[unit] = drawn.has(place) ? 1 : 0;
  });
  return true;
};

/** How many more cases of each manager may be drawn: the cap less the cases already certain. */
const roomOf = ({ chances, capacity }: FlightState): ReadonlyMap<number, number> => {
  const room = new Map([...capacity.totals.keys()].map((manager) => [manager, capacity.cap]));
  capacity.managerOf.forEach((manager, unit) => {
    if (manager >= 0 && chances[unit] === 1) room.set(manager, room.get(manager)! - 1);
  });
  return room;
};

/** In how many variables, and with less weight in how many pairs of them, two cases agree. */
const likenessOf = (
  open: readonly number[],
  variables: readonly (readonly string[])[],
): readonly (readonly number[])[] =>
  open.map((a) =>
    open.map((b) => {
      const same = variables.filter((values) => values[a] === values[b]).length;
      return same + (pairWeight * (same * (same - 1))) / 2;
    }),
  );
