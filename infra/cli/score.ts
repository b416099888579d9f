/** `assay score`: standards' ratings to a score and an overall rating, by a framework's rules. */
import type { Rating, Scale } from "@assay/domain/framework/scale.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { scaleOf, scoredStandards } from "@assay/domain/framework/standards.ts";
import { hasScore, type Overall, overallOf } from "@assay/domain/ratings/overall.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { WrongUsage } from "./failure.ts";
import { frameworkNamed, frameworkOption, type Under } from "./frameworks-known.ts";
import { pairs, table } from "./table.ts";
import { inkOf } from "./terminal.ts";

type Options = ForMachines & Under;

export const addScore = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "score <RATING...>",
    summary: "Ratings, in the order of the standards, to score and overall rating.",
    about: "A rating is given by its name in any case, or by its short form, such as RI.",
    examples: [
      "score --framework yos-2018 O O G G G G O RI RI G G I",
      "score --framework yos-2018 --json G G G G G G G G G G G G",
    ],
  });
  frameworkOption(command, terminal, "the framework by which they are combined");
  jsonOption(command).action(async (given: readonly string[], options: Options) => {
    const version = await frameworkNamed(options, terminal);
    const overall = scoreRatings(given, version);
    terminal.out(
      options.json ? jsonLine(forMachines(overall)) : page(overall, version, inkOf(terminal)),
    );
  });
};

/** Throws WrongUsage when there are not as many ratings as scored standards, or one is none. */
export const scoreRatings = (given: readonly string[], version: Framework): Overall => {
  const standards = scoredStandards(version);
  if (given.length !== standards.length) {
    throw new WrongUsage(
      `${counted(given.length)} given; ${version.id} adds up ${standards.length}: ` +
        `${standards.join(", ")}. Put names of two words in quotes.`,
    );
  }
  const ratings = standards.map((code, i) =>
    ratingNamed(given[i] ?? "", i + 1, scaleOf(version, code) ?? version.scales[0]!),
  );
  return overallOf(version, Object.fromEntries(standards.map((code, i) => [code, ratings[i]])));
};

const counted = (count: number): string => (count === 1 ? "1 rating was" : `${count} ratings were`);

const ratingNamed = (word: string, place: number, { grades }: Scale): Rating => {
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ");
  const named = grades.find(({ label, short }) =>
    [label.toLowerCase(), short.toLowerCase()].includes(plain),
  );
  if (named) return named.label;
  const known = grades.map(({ label, short }) => `"${label}" or ${short}`);
  throw new WrongUsage(`Rating ${place}, "${word}", is none. Give ${known.join(", ")}.`);
};

const forMachines = ({ score, maxScore, overall, scores }: Overall) => ({
  score,
  maxScore,
  overall: overall ?? null,
  standards: Object.fromEntries(
    scores.map(({ standard, rating, score: own }) => [standard, { rating, score: own }]),
  ),
});

const page = (
  { score, maxScore, overall, scores }: Overall,
  framework: Framework,
  ink: ReturnType<typeof inkOf>,
): string => {
  const labelOf = (code: string): string =>
    framework.standards.find((standard) => standard.code === code)?.label ?? "";
  const rows = scores.map(({ standard, rating = "", score: own = 0 }) => [
    `${standard} ${labelOf(standard)}`,
    rating,
    String(own),
  ]);
  const columns = [
    { head: "Standard" },
    { head: "Rating" },
    { head: "Score", align: "right" },
  ] as const;
  const total = pairs([
    ...(hasScore(framework) ? [["Score", `${score} of ${maxScore}`] as const] : []),
    ["Overall", ink.bold(overall ?? (framework.overall ? "withheld" : "none"))],
    ["By", framework.id],
  ]);
  return `${table(columns, rows, ink)}\n\n${total}\n`;
};
