/**
 * What can be said of a draw without the list that it was drawn from: whether it agrees with the
 * other facts and with itself. The draw from the list itself takes the list.
 */
import { samplingOf } from "../framework/format-1-cases.ts";
import type { Framework } from "../framework/document.ts";
import type { Timetable } from "../framework/timetable.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import { caseIdOf, type Digest } from "../kernel/ids.ts";
import { algorithm, type Draw, type PopulationDraw } from "../sampling/draw.ts";
import { sizeFor, type SizeOverrides } from "../sampling/sizes.ts";
import { commitmentTo, type Nonce, seedFrom } from "../sampling/stream.ts";

export type DrawContext = {
  readonly commitment: Digest | undefined;
  readonly nonce: Nonce;
  readonly framework: Framework;
  readonly timetable: Timetable;
  /** The sizes that were set, where the facts say so. */
  readonly overrides: SizeOverrides | undefined;
  /** Of the list, where it is shown. */
  readonly list: { readonly digest: Digest; readonly rows: number } | undefined;
};

type Found = { readonly rule: string; readonly what: string };

/** Each way in which the draw contradicts what it rests on. */
export const contradictionsIn = (draw: Draw, context: DrawContext): readonly Found[] => {
  const { nonce, framework, timetable, list } = context;
  const { court, outOfCourt } = draw.populations;
  const courtSize = court.size.size;
  const expect = (holds: boolean, rule: string, what: string): readonly Found[] =>
    holds ? [] : [{ rule: `draw: ${rule}`, what }];
  const same = (a: unknown, b: unknown): boolean =>
    canonicalJson(a ?? null) === canonicalJson(b ?? null);
  const { beacon, listDigest, settings } = draw;
  return [
    ...expect(
      commitmentTo(nonce) === context.commitment,
      "commitment",
      "the nonce is not the one that the announcement committed to",
    ),
    ...expect(
      seedFrom({ nonce, listDigest, beacon }) === draw.seed,
      "seed",
      "the seed does not follow from the nonce, the list's digest and the beacon",
    ),
    ...expect(
      draw.algorithm.name === algorithm.name && draw.algorithm.version <= algorithm.version,
      "algorithm",
      `${draw.algorithm.name} ${draw.algorithm.version} is not known`,
    ),
    ...expect(
      same(settings, samplingOf(framework)),
      "settings",
      "the settings are not those of the pinned framework",
    ),
    ...expect(
      draw.fieldworkStart === timetable.fieldworkStart,
      "fieldwork",
      `fieldwork was to begin on ${timetable.fieldworkStart}`,
    ),
    ...expect(
      list === undefined || (list.digest === listDigest && list.rows === draw.rows),
      "list",
      "the list that was submitted is another one",
    ),
    ...expect(
      court.eligible + court.excluded.length + outOfCourt.eligible + outOfCourt.excluded.length ===
        draw.rows,
      "rows",
      "the eligible and the excluded are not all rows",
    ),
    ...expect(
      context.overrides === undefined ||
        (same(context.overrides.court, court.size.override) &&
          same(context.overrides.outOfCourt, outOfCourt.size.override)),
      "sizes",
      "the sizes are not those that were set",
    ),
    ...inPopulation("court", { drawn: court, draw, courtSize: 0 }),
    ...inPopulation("outOfCourt", { drawn: outOfCourt, draw, courtSize }),
    ...expect(
      areApart([court.sample, court.reserves, outOfCourt.sample, outOfCourt.reserves], draw),
      "cases",
      "a case is drawn twice, or is no row of the list",
    ),
  ];
};

const inPopulation = (
  population: "court" | "outOfCourt",
  { drawn, draw, courtSize }: { drawn: PopulationDraw; draw: Draw; courtSize: number },
): readonly Found[] => {
  const { settings } = draw;
  const { size, sample, reserves, eligible, window, widened, balance, excluded } = drawn;
  const expected = sizeFor({ population, eligible, settings, courtSize, override: size.override });
  const found = (what: string): Found => ({ rule: `draw: ${population}`, what });
  const sums = settings.balancedOn.every((variable) => {
    const lines = balance.filter((line) => line.variable === variable);
    const sum = (of: "population" | "sample") => lines.reduce((n, line) => n + line[of], 0);
    return sum("population") === eligible && sum("sample") === (eligible > 0 ? sample.length : 0);
  });
  const shares = balance.every(
    (line) =>
      line.populationShare === line.population / eligible &&
      line.sampleShare === (sample.length === 0 ? 0 : line.sample / sample.length) &&
      line.difference === line.sampleShare - line.populationShare,
  );
  const sorted = sample.every((id, at) => at === 0 || sample[at - 1]! < id);
  const drawable = new Set([...sample, ...reserves]);
  return [
    ...(canonicalJson(size) === canonicalJson(expected)
      ? []
      : [found("its size is not what the formula gives")]),
    ...(sample.length === expected.size && reserves.length === expected.reserves
      ? []
      : [found(`${expected.size} cases and ${expected.reserves} reserves are to be drawn`)]),
    ...(canonicalJson(settings.windows[population][widened]) === canonicalJson(window)
      ? []
      : [found(`the window is not the one after ${widened} steps of widening`)]),
    ...(sums && shares ? [] : [found("the balance does not add up")]),
    ...(sorted ? [] : [found("the sample is not in the order of the list")]),
    ...(excluded.some((each) => drawable.has(each.case))
      ? [found("an excluded case is drawn")]
      : []),
    ...chances(drawn, settings.maxPerCaseManager).map(found),
  ];
};

/** What follows from the case managers with more cases than the cap lets through. */
const chances = ({ inclusion, eligible, size }: PopulationDraw, cap: number): readonly string[] => {
  const { common, lowered } = inclusion;
  const { set, used } = inclusion.cap;
  const held = lowered.reduce((sum, { managerCases }) => sum + managerCases, 0);
  const rest = eligible - held;
  const left = size.size - used * lowered.length;
  const follows =
    common === (rest === 0 ? 0 : left / rest) &&
    lowered.every(({ managerCases, probability }) => probability === used / managerCases);
  return follows && set === cap && used >= cap ? [] : ["the chances are not those of its size"];
};

const areApart = (lists: readonly (readonly string[])[], draw: Draw): boolean => {
  const all = lists.flat();
  const last = draw.rows === 0 ? "" : caseIdOf(draw.rows);
  return (
    new Set(all).size === all.length &&
    all.every((id) => id.length < last.length || (id.length === last.length && id <= last))
  );
};
