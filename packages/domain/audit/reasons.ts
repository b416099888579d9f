/**
 * Whether a reason agrees with the numbers that it speaks of: percentages, counts of cases, points
 * from a boundary, the ratings between which something moved. It reads numbers only and can be
 * wrong about prose, so what it finds is flagged for a person and never refused.
 */
import { gradesOf, type Rating, type Scale } from "../framework/scale.ts";
import type { CaseRules } from "../framework/standards.ts";
import { boundariesOf } from "../ratings/percent.ts";
import type { RatedStandard } from "../ratings/rate.ts";

export type ReasonProblem =
  | "percentage-not-on-the-board"
  | "below-but-none-is"
  | "above-but-none-is"
  | "count-not-on-the-board"
  | "cases-not-on-the-board"
  | "distance-not-so"
  | "move-not-so";

/** `quote` stands in the reason from `start` to `end`, in UTF-16 code units. */
export type ReasonDoubt = {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly problem: ReasonProblem;
  readonly words: string;
};

export type ReasonContext = {
  readonly board: RatedStandard;
  readonly rules: CaseRules;
  /** What the reason accounts for. */
  readonly move?: { readonly from: Rating; readonly to: Rating };
};

/** Every number in the reason that the board contradicts, in the order of the text. */
export const reasonDoubts = (reason: string, context: ReasonContext): readonly ReasonDoubt[] => {
  const found: ReasonDoubt[] = [];
  const read: { readonly start: number; readonly end: number }[] = [];
  for (const { pattern, judge } of readings(context)) {
    for (const match of reason.matchAll(pattern)) {
      const [quote, ...groups] = match;
      const place = { start: match.index, end: match.index + quote.length };
      if (read.some(({ start, end }) => place.start < end && place.end > start)) continue;
      read.push(place);
      const doubt = judge(groups, { ...context, before: reason.slice(0, place.start) });
      if (doubt) found.push({ ...place, quote, ...doubt });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
};

type Doubt = Pick<ReasonDoubt, "problem" | "words">;

type Reading = {
  readonly pattern: RegExp;
  /** Gets the pattern's groups and the text before them. */
  readonly judge: (groups: readonly string[], context: Context) => Doubt | undefined;
};

type Context = ReasonContext & { readonly before: string };

const numberWords =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
  "sixteen seventeen eighteen nineteen twenty";
const aNumber = String.raw`\b(\d+(?:\.\d+)?|${numberWords.replaceAll(" ", "|")})`;
const perCent = String.raw`\s*(?:%|per\s?cent\b)`;
const below = "below|under|less than|lower than|short of";
const above = "above|over|more than|higher than|at least|in excess of";
const boundaryWord = "(?:boundary|threshold|mark|cut-off|line)";

/** Longer labels first, so that none is read as the beginning of another. */
const aGrade = (scale: Scale): string =>
  `(${gradesOf(scale)
    .toSorted((a, b) => b.length - a.length)
    .map((label) => label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("|")})`;

const phrase = (source: string): RegExp => new RegExp(source, "gi");

/** In this order: a longer phrase is read before a number that stands inside it. */
const readings = ({ rules: { scale } }: ReasonContext): readonly Reading[] => [
  {
    pattern: phrase(
      `${aNumber}\\s+(?:percentage )?points?\\s+(${below}|${above}|from|off)\\s+the\\s+` +
        `(?:${aNumber}${perCent}\\s+)?${boundaryWord}`,
    ),
    judge: distance,
  },
  { pattern: phrase(`within\\s+${aNumber}\\s+(?:percentage )?points?`), judge: nearness },
  { pattern: phrase(`(${below}|${above})\\s+(?:the\\s+)?${aNumber}${perCent}`), judge: side },
  { pattern: phrase(`${aNumber}${perCent}(\\s+${boundaryWord})?`), judge: percentage },
  {
    pattern: phrase(
      `(?<![\\d/.])${aNumber}\\s*(?:/|\\bof\\b|\\bout of\\b)\\s*` +
        `(?:the\\s+)?${aNumber}\\b(?![/\\d])` +
        "(?!\\s+(?:key\\s+)?(?:questions|standards|members|prompts))" +
        "(?:\\s+(?:relevant\\s+)?cases)?",
    ),
    judge: count,
  },
  {
    pattern: phrase(`${aNumber}\\s+(?:relevant\\s+)?cases\\b(\\s+or\\s+(?:fewer|less|more))?`),
    judge: cases,
  },
  { pattern: phrase(`\\bfrom\\s+${aGrade(scale)}\\s+to\\s+${aGrade(scale)}`), judge: moved },
];

const valueOf = (word: string | undefined): number => {
  const place = numberWords.split(" ").indexOf(word?.toLowerCase() ?? "");
  return place < 0 ? Number(word) : place;
};

const percentsOn = ({ board }: Context): readonly number[] =>
  board.keyQuestions.flatMap(({ percent }) => (percent === undefined ? [] : [percent]));

const onBoard = (context: Context): string => `the board has ${percentsOn(context).join(", ")}%`;

/** "2 points below the 80 per cent boundary": some key question stands just there. */
const distance = (
  [points, how = "", boundary]: readonly string[],
  context: Context,
): Doubt | undefined => {
  const boundaries = boundary ? [valueOf(boundary)] : boundariesOf(context.rules);
  const wanted = valueOf(points);
  const fits = percentsOn(context).some((percent) =>
    boundaries.some((edge) => {
      if (isBelow(how)) return edge - percent === wanted;
      return isAbove(how) ? percent - edge === wanted : Math.abs(percent - edge) === wanted;
    }),
  );
  const words = `no key question stands ${wanted} points there; ${onBoard(context)}.`;
  return fits ? undefined : { problem: "distance-not-so", words };
};

const nearness = ([points]: readonly string[], context: Context): Doubt | undefined => {
  const { percent } = context.board;
  if (percent === undefined) return undefined;
  const nearest = Math.min(...boundariesOf(context.rules).map((edge) => Math.abs(percent - edge)));
  if (nearest <= valueOf(points)) return undefined;
  const words = `the nearest boundary is ${nearest} points from the lowest percentage.`;
  return { problem: "distance-not-so", words };
};

const isBelow = (how: string): boolean => below.split("|").includes(how.toLowerCase());
const isAbove = (how: string): boolean => above.split("|").includes(how.toLowerCase());

/** "below 80 per cent": at least one key question is; likewise above. */
const side = ([how = "", value]: readonly string[], context: Context): Doubt | undefined => {
  const edge = valueOf(value);
  const percents = percentsOn(context);
  const inclusive = how.toLowerCase() === "at least";
  const fits = isBelow(how)
    ? percents.some((percent) => percent < edge)
    : percents.some((percent) => percent > edge || (inclusive && percent === edge));
  if (fits) return undefined;
  const problem = isBelow(how) ? "below-but-none-is" : "above-but-none-is";
  return { problem, words: `no key question is ${how} ${edge}%; ${onBoard(context)}.` };
};

const approaching = /(?:near|close to|nearly|almost|towards?|reach(?:es|ed|ing)?)\s+(?:the\s+)?$/i;

/** A percentage is one of the board's, or a boundary that is spoken of as one. */
const percentage = (
  [value, asBoundary]: readonly string[],
  context: Context,
): Doubt | undefined => {
  const named = valueOf(value);
  const boundary = asBoundary !== undefined || approaching.test(context.before);
  if (boundary && boundariesOf(context.rules).includes(named)) return undefined;
  if (percentsOn(context).includes(named)) return undefined;
  const words = `no key question stands at ${named}%; ${onBoard(context)}.`;
  return { problem: "percentage-not-on-the-board", words };
};

/** "7 of 9": so many sufficient, or not sufficient, among the cases of one key question. */
const count = ([part, whole]: readonly string[], { board }: Context): Doubt | undefined => {
  const fits = board.keyQuestions.some(
    ({ relevant, yes }) =>
      relevant === valueOf(whole) && [yes, relevant - yes].includes(valueOf(part)),
  );
  if (fits) return undefined;
  const counts = board.keyQuestions.map(({ relevant, yes }) => `${yes} of ${relevant}`);
  const words = `no key question has these numbers; the board has ${counts.join(", ")}.`;
  return { problem: "count-not-on-the-board", words };
};

/** "9 cases" is a number that the board knows; "five cases or fewer" is the rule, not a number. */
const cases = ([value, orSo]: readonly string[], { board }: Context): Doubt | undefined => {
  const known = board.keyQuestions.flatMap(({ relevant, yes }) => [relevant, yes, relevant - yes]);
  if (orSo !== undefined || known.includes(valueOf(value))) return undefined;
  const words = `no key question has ${valueOf(value)} cases.`;
  return { problem: "cases-not-on-the-board", words };
};

const moved = ([from, to]: readonly string[], { move }: Context): Doubt | undefined => {
  const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
  if (!move || (same(from, move.from) && same(to, move.to))) return undefined;
  const words = `the rating moved from ${move.from} to ${move.to}.`;
  return { problem: "move-not-so", words };
};
