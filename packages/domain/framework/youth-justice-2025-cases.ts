/** Which cases youth justice services list, how they are sampled, and what is found about each. */
import type { Column, PopulationSettings } from "./case-list-settings.ts";
import type { Framework } from "./document.ts";

const choice = (value: string, label: string, also = "") => ({
  value,
  label,
  ...(also && { also: also.split(" ") }),
});

const notKnown = choice("unknown", "Unknown", "notknown notrecorded notassessed na nk");

const level = (name: string, label: string, also: string): Column => ({
  name,
  label,
  type: {
    kind: "choice",
    values: [
      choice("low", "Low", "l"),
      choice("medium", "Medium", "m med"),
      choice("high", "High", "h"),
      choice("very-high", "Very high", "vh"),
      notKnown,
    ],
  },
  blank: "unknown",
  also: also.split(" "),
});

const confidence = {
  by: "confidence",
  z: 1.28155,
  zOrigin: "two-sided 80% confidence: the standard normal's quantile at 0.90, five decimals",
  margin: 0.05,
  p: 0.5,
} as const;

const drawn = {
  windows: [
    { from: 2, to: 8 },
    { from: 1, to: 12 },
    { from: 0, to: 18 },
  ],
  onceFor: ["person", "work"],
  maxPerWorker: 6,
  reservesPercent: 20,
};

const kind = (one: string, value: string, many = `${one}s`) => ({
  words: { one, many },
  where: { name: "work", equals: value },
});

const populations: readonly PopulationSettings[] = [
  {
    name: "children",
    label: "Children",
    words: {
      case: { one: "child’s case", many: "children’s cases" },
      person: { one: "child", many: "children" },
    },
    where: { not: { name: "work", equals: "victim" } },
    size: { ...confidence, floor: 14, ceiling: 91 },
    ...drawn,
    mix: [
      kind("court order", "court-order"),
      kind("out-of-court disposal", "out-of-court-disposal"),
      kind("resettlement case", "resettlement"),
      kind("bail case", "bail"),
      kind("remand case", "remand"),
    ],
    enough: 14,
    balancedOn: ["work", "gender", "risk", "safety"],
  },
  {
    name: "victims",
    label: "Victims",
    words: {
      case: { one: "victim’s case", many: "victims’ cases" },
      person: { one: "victim", many: "victims" },
    },
    where: { name: "work", equals: "victim" },
    size: { ...confidence, floor: 9, ceiling: 24 },
    ...drawn,
    enough: 9,
    balancedOn: ["gender"],
  },
];

const columns: readonly Column[] = [
  {
    name: "ref",
    label: "Case reference",
    type: { kind: "text", most: 100 },
    purpose: "reference",
    also: ["case", "caseref", "caseid", "reference"],
  },
  {
    name: "work",
    label: "Kind of work",
    type: {
      kind: "choice",
      values: [
        choice("court-order", "Court order", "order sentence"),
        choice("out-of-court-disposal", "Out-of-court disposal", "oocd outofcourt diversion"),
        choice("resettlement", "Resettlement", "release"),
        choice("bail", "Bail", "bailsupport"),
        choice("remand", "Remand", "remanded"),
        choice("victim", "Victim", "victimcontact"),
      ],
    },
    also: ["work", "kind", "casetype"],
  },
  {
    name: "start",
    label: "Start date",
    type: { kind: "day" },
    purpose: "day",
    also: ["start", "date", "dateofstart"],
  },
  {
    name: "gender",
    label: "Gender",
    type: {
      kind: "choice",
      values: [
        choice("female", "Female", "f girl woman"),
        choice("male", "Male", "m boy man"),
        { ...choice("other", "Other", "nonbinary x another"), group: "other-or-unknown" },
        { ...notKnown, group: "other-or-unknown" },
      ],
    },
    blank: "unknown",
    also: ["sex"],
  },
  {
    name: "ageBand",
    label: "Age band",
    type: { kind: "text", most: 40 },
    blank: "unknown",
    also: ["age", "agegroup"],
  },
  {
    name: "ethnicity",
    label: "Ethnicity",
    type: { kind: "text", most: 100 },
    blank: "unknown",
    also: ["ethnicgroup"],
  },
  level("risk", "Risk to others", "riskofharm rosh riskofseriousharm"),
  level("safety", "Safety", "safetyandwellbeing wellbeing"),
  {
    name: "worker",
    label: "Worker",
    type: { kind: "text", most: 100 },
    purpose: "worker",
    blank: "",
    also: ["casemanager", "allocatedworker", "victimworker"],
  },
  {
    name: "person",
    label: "Person reference",
    type: { kind: "text", most: 100 },
    purpose: "person",
    also: ["child", "childref", "victimref", "personref"],
  },
  {
    name: "restricted",
    label: "Restricted",
    type: { kind: "yes-no" },
    purpose: "restricted",
    also: ["restrictedrecord"],
  },
  {
    name: "workStarted",
    label: "Work started",
    type: { kind: "yes-no" },
    purpose: "started",
    also: ["started", "workbegun"],
  },
];

export const youthJusticeCases: Pick<Framework, "columns" | "caseFacts" | "populations"> = {
  columns,
  caseFacts: [
    {
      name: "safetyConcerns",
      label: "Is there anything that bears on this person’s safety?",
      type: { kind: "yes-no" },
    },
    {
      name: "communityConcerns",
      label: "Is there anything that bears on other people’s safety?",
      type: { kind: "yes-no" },
    },
  ],
  populations,
};
