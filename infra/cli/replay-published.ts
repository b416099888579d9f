/** `assay replay-published`: does a published inspection come out as it was published? */
import type { Framework } from "@assay/domain/framework/document.ts";
import type { Outcome, StandardOutcome } from "@assay/domain/reconstruction/outcome.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { jsonOf } from "./input.ts";
import { publishedIn } from "./published.ts";
import { table, wrap } from "./table.ts";
import { inkOf, progressOn, type Terminal } from "./terminal.ts";

export const addReplayPublished = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "replay-published <FILE>",
    summary: "Carries a published inspection through its lifecycle and compares the ratings.",
    about:
      "It runs on a throwaway store, replays the ratings from the stored events and compares\n" +
      "them with what was published. FILE is JSON as in examples/; - reads what is piped in.\n" +
      "Ends with 1 when anything differs.",
    examples: [
      "replay-published examples/peterborough-2020.json",
      "replay-published - --json < examples/milton-keynes-2021.json",
    ],
  });
  jsonOption(command).action(async (name: string, { json }: ForMachines) => {
    const input = await jsonOf(name, terminal);
    const read = publishedIn(input.value);
    if (!read.ok) throw input.refusal(`${name} is no published inspection:`, read.problems);
    // The whole engine, which no other command needs to wait for.
    const { replay } = await import("./replay.ts");
    const progress = progressOn(terminal);
    const { outcome, events } = await replay(read, (at, sent) => {
      if (sent % 20 === 1) progress.show(`${at.slice(0, 10)}  ${sent} commands`);
    }).finally(progress.end);
    const told = { framework: read.counts.framework, events: events.length };
    terminal.out(json ? jsonLine(outcome) : pageOf(outcome, told, terminal));
    if (!outcome.equal) finish(1);
  });
};

type Told = { readonly framework: Framework; readonly events: number };

const columns = [
  { head: "Standard" },
  { head: "By rule" },
  { head: "Rating" },
  { head: "Published" },
  { head: "Lowest key question" },
  { head: "Yes", align: "right" },
  { head: "Triggers" },
  { head: "Discretion" },
  { head: "Equal" },
] as const;

const pageOf = (
  outcome: Outcome,
  { framework, events }: Told,
  terminal: Pick<Terminal, "colour" | "width">,
): string => {
  const ink = inkOf(terminal);
  const rows = Object.entries(outcome.standards).map(([code, each]) => [
    code,
    each.rule ?? "–",
    each.rating ?? "not rated",
    each.published ?? "–",
    lowestOf(each, framework),
    shareOf(each),
    each.triggers.join("\n") || "–",
    each.discretion === "unexplained" ? ink.amber(each.discretion) : each.discretion,
    each.equal ? ink.green("yes") : ink.red("no"),
  ]);
  const remarks = [
    ...differences(outcome),
    ...unexplained(outcome),
    "The case level is reconstructed: only totals are published, so the answers on single cases " +
      "were made up, by a fixed rule, to add up to them. " +
      `${events} events were stored and replayed.`,
  ].map((remark) => wrap(remark, Math.min(terminal.width, 100)));
  const title = ink.bold(titleOf(outcome, framework));
  return `${[title, table(columns, rows, ink), ...remarks].join("\n\n")}\n`;
};

const titleOf = (outcome: Outcome, framework: Framework): string => {
  const { id, service, score, maxScore, overall, publishedScore, publishedOverall } = outcome;
  const published = [publishedScore, publishedOverall].filter((each) => each !== null).join(" ");
  return [
    `${service} (${id}), ${framework.id}`,
    `Replayed   ${score} of ${maxScore}, ${overall ?? "overall rating withheld"}`,
    `Published  ${published || "no total"}`,
    `Equal      ${outcome.equal ? "yes" : "no"}`,
  ].join("\n");
};

const lowestOf = ({ lowest }: StandardOutcome, { standards }: Framework): string => {
  if (!lowest) return "–";
  const named = standards
    .flatMap(({ keyQuestions }) => keyQuestions.map(({ code, name }) => ({ code, name })))
    .find(({ code }) => code === lowest.keyQuestion);
  return `${lowest.keyQuestion} ${named?.name ?? ""}`.trim();
};

const shareOf = ({ lowest }: StandardOutcome): string =>
  lowest ? `${lowest.yes}/${lowest.relevant} ${lowest.percent}%` : "–";

const differences = (outcome: Outcome): readonly string[] => {
  const { score, maxScore, overall, standards } = outcome;
  const { publishedScore, publishedMaxScore, publishedOverall } = outcome;
  const totals = [
    publishedMaxScore !== null && publishedMaxScore !== maxScore
      ? `Differs: the highest score is ${maxScore}; ${publishedMaxScore} is published.`
      : "",
    publishedScore !== null && publishedScore !== score
      ? `Differs: the ratings add up to ${score}; ${publishedScore} is published.`
      : "",
    publishedOverall !== null && publishedOverall !== overall
      ? `Differs: overall ${overall ?? "withheld"}; ${publishedOverall} is published.`
      : "",
  ];
  const single = Object.entries(standards).map(([code, { equal, rating, published }]) =>
    equal
      ? ""
      : `Differs: ${code} is ${rating ?? "not rated"}; ${published ?? "none"} is published.`,
  );
  return [...totals, ...single].filter(Boolean);
};

const unexplained = ({ standards }: Outcome): readonly string[] =>
  Object.entries(standards).flatMap(([code, { discretion, rule, published, triggers }]) =>
    discretion === "unexplained"
      ? [
          `Unexplained: ${code} is published as ${published} while the rule gives ${rule}. ` +
            `The panel could exercise discretion (${triggers.join(", ")}), but none is on record.`,
        ]
      : [],
  );
