/**
 * The flight phase of the cube method (Deville and Tillé 2004) in the fast form of Chauvet and
 * Tillé (2006): chances walk at random, a few cases at a time, until they are 0 or 1. On average
 * every chance stays what it was, and no walk disturbs the totals that are to be kept.
 */
import { columnBasis } from "./circuit.ts";
import type { RandomStream } from "./stream.ts";

/** Closer than this to a bound is at the bound: it absorbs rounding errors, never a real chance. */
export const nearness = 1e-9;

/** Managers who could exceed the cap; their totals may reach it and never pass it. */
export type Capacity = {
  readonly cap: number;
  /** A case's manager, or -1 where no cap can be passed. */
  readonly managerOf: Int32Array;
  /** The sum of each manager's chances now. */
  readonly totals: Float64Array;
};

export type FlightState = {
  /** Each case's chance now; a case is settled at exactly 0 or 1. */
  readonly chances: Float64Array;
  readonly capacity: Capacity;
  readonly random: RandomStream;
};

/** The rows, numbered from 0, of the totals to be kept in which a case counts. */
export type RowsOf = (unit: number) => readonly number[];

export const isOpen = (chance: number): boolean => chance > 0 && chance < 1;
const isFull = ({ cap, totals }: Capacity, manager: number): boolean =>
  totals[manager]! >= cap - nearness;

const fullCount = (capacity: Capacity): number =>
  capacity.totals.reduce((sum, _, manager) => sum + (isFull(capacity, manager) ? 1 : 0), 0);

/**
 * Walks until the open cases among `units` are so few that no direction is left. Cases are taken in
 * the order given; the result lists the open ones, in that order. Totals in rows are kept exactly
 * but for rounding; a manager at the cap stays there, by becoming one more row.
 */
export const fly = (
  state: FlightState,
  units: readonly number[],
  rows: { readonly of: RowsOf; readonly count: number },
): number[] => {
  const { chances, capacity } = state;
  const front: number[] = [];
  let full = new Map<number, number>();
  let basis = columnBasis(rows.count + fullCount(capacity));
  const queue = units.filter((unit) => isOpen(chances[unit]!)).reverse();
  const rowsFor = (unit: number): readonly number[] => {
    const manager = capacity.managerOf[unit]!;
    if (manager < 0 || !isFull(capacity, manager)) return rows.of(unit);
    if (!full.has(manager)) full.set(manager, rows.count + full.size);
    return [...rows.of(unit), full.get(manager)!];
  };
  while (queue.length > 0) {
    const unit = queue.pop()!;
    const outcome = basis.add(rowsFor(unit));
    if (outcome.kind === "too-large") return [...front, unit, ...queue.reverse()];
    front.push(unit);
    if (outcome.kind === "independent") continue;
    const filled = step(state, front, outcome.weights);
    // The basis holds up to the first case that is settled, or as a whole unless a row was added.
    const settled = filled ? 0 : front.findIndex((each) => !isOpen(chances[each]!));
    if (filled) {
      full = new Map();
      basis = columnBasis(rows.count + fullCount(capacity));
    } else basis.truncate(settled);
    for (const each of front.splice(settled).reverse())
      if (isOpen(chances[each]!)) queue.push(each);
  }
  return front;
};

/** One random step along the weights; true when it brought a manager to the cap. */
const step = (
  { chances, capacity, random }: FlightState,
  units: readonly number[],
  weights: readonly number[],
): boolean => {
  const changes = managerChanges(capacity, units, weights);
  let up = Infinity;
  let down = Infinity;
  units.forEach((unit, i) => {
    const weight = weights[i]!;
    if (weight === 0) return;
    const toOne = (1 - chances[unit]!) / Math.abs(weight);
    const toZero = chances[unit]! / Math.abs(weight);
    up = Math.min(up, weight > 0 ? toOne : toZero);
    down = Math.min(down, weight > 0 ? toZero : toOne);
  });
  for (const [manager, change] of changes) {
    const room = (capacity.cap - capacity.totals[manager]!) / Math.abs(change);
    if (change > 0) up = Math.min(up, room);
    else down = Math.min(down, room);
  }
  const move = random.fraction() * (up + down) < down ? up : -down;
  units.forEach((unit, i) => {
    if (weights[i] !== 0) chances[unit] = settle(chances[unit]! + move * weights[i]!);
  });
  let filled = false;
  for (const [manager, change] of changes) {
    capacity.totals[manager]! += move * change;
    filled ||= isFull(capacity, manager);
  }
  return filled;
};

const settle = (chance: number): number =>
  chance < nearness ? 0 : chance > 1 - nearness ? 1 : chance;

const unchanged: ReadonlyMap<number, number> = new Map();

/** By how much each manager below the cap would change per unit of movement. */
const managerChanges = (
  capacity: Capacity,
  units: readonly number[],
  weights: readonly number[],
): ReadonlyMap<number, number> => {
  if (capacity.totals.length === 0) return unchanged;
  const changes = new Map<number, number>();
  units.forEach((unit, i) => {
    const manager = capacity.managerOf[unit]!;
    if (manager < 0 || weights[i] === 0 || isFull(capacity, manager)) return;
    changes.set(manager, (changes.get(manager) ?? 0) + weights[i]!);
  });
  for (const [manager, change] of changes) if (change === 0) changes.delete(manager);
  return changes;
};
