/** `assay score`: twelve ratings to a score and an overall rating, by a version's rules. */
import type { Rating, Scale } from "@assay/domain/framework/scale.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { scaleOf, scoredStandards } from "@assay/domain/framework/standards.ts";
import { versionById, versions } from "@assay/domain/framework/versions.ts";
import { type Overall, overallOf } from "@assay/domain/ratings/overall.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { WrongUsage } from "./failure.ts";
import { pairs, table } from "./table.ts";
import { inkOf } from "./terminal.ts";

type Options = ForMachines & { readonly framework: string };

export const addScore = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "score <RATING...>",
    summary: "Twelve ratings, in the order of the standards, to score and overall rating.",
    about: "A rating is given by its name in any case, or by its short form, such as RI.",
    examples: [
      'score O O G G G G O "Requires improvement" RI G G I',
      "score --json G G G G G G G G G G G G",
    ],
  }).option("--framework <ID>", "the version by which they are added up", "yos-2018");
  jsonOption(command).action((given: readonly string[], { framework, json }: Options) => {
    const version = versionNamed(framework);
    const overall = scoreRatings(given, version);
    terminal.out(json ? jsonLine(forMachines(overall)) : page(overall, version, inkOf(terminal)));
  });
};

const versionNamed = (id: string): Framework => {
  const version = versionById(id);
  if (version) return version;
  const known = versions.map(({ framework }) => framework.id).join(", ");
  throw new WrongUsage(`There is no framework version ${id}. Known: ${known}.`);
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
  { id, standards }: Framework,
  ink: ReturnType<typeof inkOf>,
): string => {
  const labelOf = (code: string): string =>
    standards.find((standard) => standard.code === code)?.label ?? "";
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
    ["Score", `${score} of ${maxScore}`],
    ["Overall", ink.bold(overall ?? "withheld")],
    ["By", id],
  ]);
  return `${table(columns, rows, ink)}\n\n${total}\n`;
};
