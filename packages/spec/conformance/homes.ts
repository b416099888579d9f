/**
 * Homes: one standard asks about the cases of two populations and asks people, people grade a
 * domain within a limit, grades stand on two scales. Its populations are not in order of letters.
 */
import type { Framework } from "@assay/domain/framework/document.ts";
import type { CaseQuestion } from "@assay/domain/framework/standard.ts";
import { youthJustice2025 } from "@assay/domain/framework/shipped.ts";

import { framework, scale, whole, words } from "./documents.ts";

const groups = [
  ["resident", "Lives there <now>"],
  ["leaver", "Has left & moved on"],
] as const;

const population = ([name, label]: readonly [
  string,
  string,
]): Framework["populations"][number] => ({
  ...{ name: `${name}s`, label },
  words: {
    case: { one: `${name}’s file`, many: `${name}s’ files` },
    person: { one: name, many: `${name}s` },
  },
  where: { name: "group", oneOf: [name] },
  size: { by: "everything" },
  windows: [{ from: 1, to: 24 }],
  balancedOn: ["group"],
  reservesPercent: 0,
});

const asked = (code: string, label: string, of: string): CaseQuestion => ({
  ...{ code, name: of, label, judged: "by-cases", population: of },
  ...{ relevance: { due: false }, prompts: [] },
});

const [list] = youthJustice2025.requests;
const bare = framework({
  id: "homes-2026",
  label: "Homes, 2026",
  words: words("home", "homes", "person", "people"),
  scales: [
    scale("outcomes", ["Not met", "Partly met", "Fully met"]),
    scale("safety", ["Not reached", "Reached"]),
  ],
  domains: [
    { number: 1, label: "Leading", rating: { scale: "outcomes", combine: { by: "lowest" } } },
    {
      number: 2,
      label: "Living",
      rating: {
        scale: "outcomes",
        combine: { by: "people" },
        limits: [{ where: [{ grades: ["Not reached"], of: ["2.2"] }], atMost: "Not met" }],
      },
    },
  ],
  standards: [
    whole("1.1", "Leaders", "outcomes"),
    {
      ...{ code: "2.1", domain: 2, label: "Moving on", scale: "outcomes", scored: false },
      ...{ judged: "by-questions", combine: { by: "lowest" } },
      limits: [{ where: [{ grades: ["Not met"] }], atMost: "Partly met" }],
      keyQuestions: [
        asked("2.1.1", "Is the time at the home used well?", "residents"),
        asked("2.1.2", "Is everybody followed who left?", "leavers"),
        {
          ...{ code: "2.1.3", name: "arrangements", label: "Do arrangements help?" },
          ...{ judged: "by-people", scale: "outcomes" },
        },
      ],
    },
    { ...whole("2.2", "Safety from fire", "safety"), domain: 2 },
  ],
  overall: { scale: "outcomes", of: "domains", combine: { by: "lowest" }, unrated: "withhold" },
});

export const homes: Framework = {
  ...bare,
  caseBands: { outcomes: { "Not met": 0, "Partly met": 50, "Fully met": 80 } },
  columns: [
    ...(["reference", "person", "worker"] as const).map((purpose) => ({
      ...{ name: purpose, label: `The ${purpose}`, purpose },
      type: { kind: "text" as const, most: 40 },
    })),
    { name: "since", label: "Since", type: { kind: "day" }, purpose: "day" },
    {
      ...{ name: "group", label: "Group" },
      type: { kind: "choice", values: groups.map(([value, label]) => ({ value, label })) },
    },
  ],
  populations: groups.map(population),
  ruleset: {
    ...bare.ruleset,
    timetable: { ...bare.ruleset.timetable, sample: { from: "announcement", workingDays: 10 } },
  },
  requests: [list!, ...bare.requests],
};
