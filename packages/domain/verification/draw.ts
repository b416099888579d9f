/**
 * What can be said of a draw without the list that it was drawn from: whether it agrees with the
 * other facts and with itself. The draw from the list itself takes the list.
 */
import type { CaseListSettings, PopulationSettings } from "../framework/case-list-settings.ts";
import { populationIn, rowsToldApart } from "../framework/populations.ts";
import type { Timetable } from "../framework/timetable.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import { caseIdOf, type Digest } from "../kernel/ids.ts";
import { algorithm, type Draw, type PopulationDraw } from "../sampling/draw.ts";
import { sizeFor, type SizeOverrides } from "../sampling/sizes.ts";
import { commitmentTo, type Nonce, seedFrom } from "../sampling/stream.ts";

export type DrawContext = {
  readonly commitment: Digest | undefined;
  readonly nonce: Nonce;
  readonly framework: CaseListSettings;
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
  const parts = Object.values(draw.populations);
  const accounted = parts.reduce(
    (sum, { eligible, excluded }) => sum + eligible + excluded.length,
    0,
  );
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
      same(settings, { columns: framework.columns, populations: framework.populations }),
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
      accounted === draw.rows || (accounted < draw.rows && !coversEveryRow(framework)),
      "rows",
      "the eligible and the excluded are not all rows",
    ),
    ...expect(
      context.overrides === undefined ||
        settings.populations.every(({ name }) =>
          same(context.overrides?.[name], draw.populations[name]?.size.override),
        ),
      "sizes",
      "the sizes are not those that were set",
    ),
    ...betweenPopulations(draw),
  ];
};

/** What holds of the populations together, and within each. */
const betweenPopulations = (draw: Draw): readonly Found[] => {
  const names = draw.settings.populations.map(({ name }) => name);
  const known = Object.keys(draw.populations).toSorted().join(" ") === names.toSorted().join(" ");
  const lists = Object.values(draw.populations).flatMap(({ sample, reserves }) => [
    sample,
    reserves,
  ]);
  return [
    ...(known
      ? []
      : [{ rule: "draw: populations", what: "the populations are not those of the settings" }]),
    ...draw.settings.populations.flatMap((population) => inPopulation(population, draw)),
    ...(areApart(lists, draw)
      ? []
      : [{ rule: "draw: cases", what: "a case is drawn twice, or is no row of the list" }]),
  ];
};

const inPopulation = (settings: PopulationSettings, draw: Draw): readonly Found[] => {
  const drawn = draw.populations[settings.name];
  if (!drawn) return [];
  const { size, sample, reserves, eligible, window, widened, balance, excluded } = drawn;
  const expected = sizeFor({
    settings,
    eligible,
    drawn: sizesIn(draw),
    override: size.override,
  });
  const found = (what: string): Found => ({ rule: `draw: ${settings.name}`, what });
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
    ...(canonicalJson(settings.windows[widened]) === canonicalJson(window)
      ? []
      : [found(`the window is not the one after ${widened} steps of widening`)]),
    ...(sums && shares ? [] : [found("the balance does not add up")]),
    ...(sorted ? [] : [found("the sample is not in the order of the list")]),
    ...(excluded.some((each) => drawable.has(each.case))
      ? [found("an excluded case is drawn")]
      : []),
    ...chances(drawn, settings.maxPerWorker ?? Math.max(1, eligible)).map(found),
  ];
};

/** Whether no row can be without a population. */
const coversEveryRow = (settings: CaseListSettings): boolean =>
  rowsToldApart(
    settings.columns,
    settings.populations.map(({ where }) => where),
  ).every((row) => populationIn(settings, row) !== undefined);

const sizesIn = ({ populations }: Draw): ReadonlyMap<string, number> =>
  new Map(Object.entries(populations).map(([name, { size }]) => [name, size.size]));

/** What follows from the workers with more cases than the cap lets through. */
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
