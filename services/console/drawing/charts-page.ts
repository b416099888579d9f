/**
 * Every chart of the registry as a page and its pictures: for each phase its words, what is owed
 * and whose it is, and which commands are possible. Made from the charts alone, so it says what
 * they decide.
 */
import {
  accepts,
  type AnyChart,
  everyPhase,
  owedHere,
  phaseName,
  phaseWords,
} from "@assay/domain/kernel/chart.ts";
import { lifecycleChart } from "@assay/domain/lifecycle/machine.ts";
import { capitalised } from "@assay/domain/kernel/wording.ts";
import { namesIn, registry } from "@assay/domain/steps.ts";

import { roleNames } from "../wording/names.ts";
import { definitionOf, type Drawn, drawChart, drawnFrom } from "./statechart.ts";

/** Contents by the file's name, relative to `docs`. */
export type Pages = Readonly<Record<string, string>>;

/** `css` is the console's style sheet, from which a picture takes the rules for charts. */
export const chartPages = (css: string): Pages => {
  const style = styleIn(css);
  const drawn = (name: string, chart: Drawn, title: string) =>
    ({ [`charts/${name}.svg`]: standingAlone(chart, title, style) }) as const;
  const steps = Object.entries(registry);
  return {
    "charts.md": [...opening, ...lifecycleLines, ...steps.flatMap(linesOf)].join("\n"),
    ...drawn("standing", standing, "Whether an inspection is under way"),
    ...drawn("progress", progress, "How far an inspection has come"),
    ...Object.assign(
      {},
      ...steps.map(([name, { part, chart }]) =>
        drawn(name, drawnFrom(definitionOf(chart.machine)), part),
      ),
    ),
  };
};

const opening = [
  "# The charts",
  "",
  "What may happen when, made from the charts by `npm run fixtures -- charts`; a test holds this page",
  "against them. Boxes are phases, arrows are recorded facts. A way back, or past a phase, is dashed.",
  "A command is possible in a phase where the fact by which its answer begins is accepted; permission",
  "and the rules come on top.",
  "",
];

const region = (name: "standing" | "progress"): Drawn => {
  const { states, edges } = drawnFrom(definitionOf(lifecycleChart.machine));
  const inside = (state: string): boolean => state.startsWith(`${name}.`);
  return { states: states.filter(inside), edges: edges.filter(({ from }) => inside(from)) };
};

const standing = region("standing");
const whole = region("progress");
const stages = [...new Set(whole.states.map((state) => state.split(".")[1]))];
const place = (state: string): number => stages.indexOf(state.split(".")[1]);
const progress: Drawn = {
  states: whole.states,
  edges: whole.edges.filter(({ from, to }) => place(to) <= place(from) + 1),
};

const tagged = (): readonly string[] => {
  const { states } = lifecycleChart.machine;
  return Object.values(states).flatMap((part) =>
    Object.values(part.states).flatMap((stage) =>
      [stage, ...Object.values(stage.states)].map(({ path, tags }) => {
        const all = [...new Set([...stage.tags, ...tags])];
        return `- \`${path.join(".")}\`: ${all.length > 0 ? coded(all) : "none"}`;
      }),
    ),
  );
};

const coded = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

const lifecycleLines = [
  "## The inspection as a whole",
  "",
  "The lifecycle chart reads the facts of all streams. It says beside each other whether an inspection",
  "is under way and how far it has come. Streams arrive in any order, so facts lead from each stage to",
  "every later one; the picture shows the next one, and the ways back.",
  "",
  "![Whether an inspection is under way](charts/standing.svg)",
  "",
  "![How far an inspection has come](charts/progress.svg)",
  "",
  "What commands may ask of it, as tags of its states:",
  "",
  ...tagged(),
  "",
];

const linesOf = ([name, entry]: readonly [string, (typeof registry)[keyof typeof registry]]) => {
  const chart: AnyChart = entry.chart;
  const commands = namesIn(entry.commands);
  const asked = commands.flatMap((command) => {
    const tags = chart.during[command];
    if (!tags) return [];
    return [`- \`${command}\`: ${tags.length > 0 ? coded(tags) : "nothing"}`];
  });
  return [
    `## ${entry.part}`,
    "",
    `![${entry.part}](charts/${name}.svg)`,
    "",
    ...phasesOf(chart).flatMap((phase) => [
      `### \`${name}\`: \`${phaseName(phase)}\``,
      "",
      sentence(phaseWords(phase)),
      "",
      ...owedHere(phase).map(
        ([kind, { owner, by }]) => `- Owed (${kind}): \`${by}\` (${roleNames[owner]})`,
      ),
      `- Possible: ${coded(commands.filter((type) => accepts(chart, phase, type))) || "nothing"}`,
      "",
    ]),
    ...(asked.length > 0
      ? [
          "What these commands ask of the inspection as a whole, in place of `under-way`:",
          "",
          ...asked,
          "",
        ]
      : []),
  ];
};

/** Phases that differ only in where they would go back to are one. */
const phasesOf = (chart: AnyChart) =>
  [
    ...new Map(
      everyPhase(chart)
        .toReversed()
        .map((phase) => [phaseName(phase), phase] as const),
    ).values(),
  ].toReversed();

const sentence = (words: string): string => `${capitalised(words)}.`;

/** The rules for charts, with the colours that they name. */
const styleIn = (css: string): string => {
  const rules = css.match(/^\.chart[^{}]*\{[^}]*\}/gm) ?? [];
  const plain = rules
    .join("\n")
    .replaceAll(
      /var\((--[a-z-]+)\)/g,
      (_, name: string) => new RegExp(`${name}: *([^;]+);`).exec(css)?.[1] ?? "currentColor",
    );
  return `svg { background: #fff; }\n${plain}`;
};

const nowhere = { current: [], entered: new Map<string, string>() };

const standingAlone = (chart: Drawn, title: string, style: string): string =>
  `${drawChart(chart, nowhere, title).replace(">", `><style>\n${style}\n</style>`)}\n`;
