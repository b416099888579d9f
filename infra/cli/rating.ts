/** `assay rating`: an inspection's ratings, computed again from its events. */
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { dossierOf } from "@assay/domain/audit/dossier.ts";
import { replay, type Replay, type ReplayedStandard } from "@assay/domain/audit/replay.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { frameworkIn } from "@assay/domain/framework/versions.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { knownAt } from "./moments.ts";
import { readingData, recordsOf, withStore } from "./records.ts";
import { pairs, table, wrap } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Options = ForMachines & FromData & { readonly asAt?: string };

export const addRating = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "rating <ID> [STANDARD]",
    summary: "An inspection's ratings, or one of them, computed again from its events.",
    about:
      "Ends with 1 when that is not what the panel concluded.\n" +
      "--as-at takes a day, a time with its zone, or a position as in assay events.",
    examples: [
      "rating peterborough-2020",
      "rating milton-keynes-2021 3.3 --json",
      "rating peterborough-2020 --as-at 2020-08-20",
    ],
  }).option("--as-at <MOMENT>", "from what was known at that moment, and nothing later");
  readingData(jsonOption(command), terminal).action(
    async (id: string, code: string | undefined, options: Options) => {
      const all = await withStore(options, terminal, (reader) => recordsOf(reader, id));
      const records = options.asAt === undefined ? all : knownAt(all, options.asAt);
      const found = replayed(id, records);
      const standard = code === undefined ? undefined : standardIn(found, code);
      if (options.json) terminal.out(jsonLine(standard ?? found));
      else
        terminal.out(
          standard
            ? standardPage(standard, found)
            : page(found, { rules: rulesOf(records), terminal }),
        );
      if (!(standard ?? found).equal) finish(1);
    },
  );
};

const replayed = (id: string, records: readonly Recorded[]): Replay => {
  const found = replay(records);
  if (found) return found;
  throw new Refused(`${id} has no ratings yet: its rules are fixed when it is announced.`);
};

const standardIn = ({ standards, inspection }: Replay, code: string): ReplayedStandard => {
  const found = standards.find(({ standard }) => standard === code);
  if (found) return found;
  const known = standards.map(({ standard }) => standard).join(", ");
  throw new Refused(`${inspection} has no standard ${code}. Its standards: ${known}.`);
};

const columns = [
  { head: "Standard" },
  { head: "By rule" },
  { head: "Rating" },
  { head: "Concluded" },
  { head: "Decided" },
  { head: "Lowest" },
  { head: "Yes", align: "right" },
  { head: "Triggers" },
  { head: "Discretion" },
] as const;

/** The framework that was pinned: ratings are replayed under it alone. */
const rulesOf = (records: readonly Recorded[]): Framework =>
  frameworkIn(dossierOf(records).announced!.event.framework.version);

type Shown = { readonly rules: Framework; readonly terminal: Terminal };

const page = (found: Replay, { rules, terminal }: Shown): string => {
  const ink = inkOf(terminal);
  const rows = found.standards.map((each) => [
    each.standard,
    each.rule ?? "–",
    each.rating ?? "not rated",
    each.concluded ? (each.concluded.rating ?? "not rated") : "not yet",
    each.decidedBy,
    each.lowest?.keyQuestion ?? "–",
    each.lowest ? `${each.lowest.yes}/${each.lowest.relevant} ${each.lowest.percent}%` : "–",
    each.triggers.join("\n") || "–",
    each.discretion === "unexplained" ? ink.amber(each.discretion) : each.discretion,
  ]);
  const { score, maxScore, overall, concluded, framework, rounding } = found;
  const totals = pairs([
    ...(hasScore(rules) ? [["Score", `${score} of ${maxScore}`] as const] : []),
    ["Overall", rules.overall ? (overall ?? "withheld") : "the framework has none"],
    ["Rules", `${framework}, rounding ${rounding}`],
    [
      "Concluded",
      concluded
        ? [
            ...(hasScore(rules) ? [concluded.score] : []),
            ...(rules.overall ? [concluded.overall ?? "withheld"] : ["each standard"]),
          ].join(", ")
        : "not yet: as it stands",
    ],
  ]);
  return `${table(columns, rows, ink)}\n\n${[totals, ...remarks(found)].join("\n\n")}\n`;
};

const remarks = ({ discrepancies, reconstruction }: Replay): readonly string[] => [
  ...discrepancies.map(
    ({ what, of, concluded, replayed: now }) =>
      `Differs: ${what}${of === undefined ? "" : ` of ${of}`}: ${concluded} was concluded; ` +
      `the events give ${now}.`,
  ),
  ...(reconstruction
    ? [wrap("Reconstructed: the case level is made up to match the published totals.", 100)]
    : []),
];

const standardPage = (standard: ReplayedStandard, found: Replay): string => {
  const { rule, rating, concluded, decidedBy, triggers, discretion, keyQuestions, lowest } =
    standard;
  const facts = pairs([
    ["Standard", standard.standard],
    ["Rating", rating ?? "not rated"],
    ["By rule", rule ?? "–"],
    ["Concluded", concluded ? (concluded.rating ?? "not rated") : "not yet"],
    ["Decided by", decidedBy],
    ["Triggers", triggers.join(", ") || "–"],
    ["Discretion", discretion],
  ]);
  const counts = keyQuestions.map(({ keyQuestion, relevant, yes }) => [
    keyQuestion,
    `${yes}/${relevant}`,
    keyQuestion === lowest?.keyQuestion ? "decides" : "",
  ]);
  const heads = [{ head: "Key question" }, { head: "Yes", align: "right" }, { head: "" }] as const;
  const questions = counts.length > 0 ? table(heads, counts) : "";
  const own = found.discrepancies.filter(({ of }) => of === standard.standard);
  const said = remarks({ ...found, discrepancies: own });
  return `${[facts, questions, ...said].filter(Boolean).join("\n\n")}\n`;
};
