/**
 * The role table: for every command and everything that can be read, which role may, and in which
 * relation to the inspection. `decide` and the console ask it; a person reads it as a page.
 */
import { type Grant, grant, type Permissions, type Relation, Role } from "./kernel/actor.ts";
import { type CommandName, registry } from "./steps.ts";

/** What can be read of one inspection. What is published is everybody's and stands in no table. */
export type Reading =
  | "inspection" // that there is one, its dates and team, its stage, what is owed
  | "sample" // the case list's totals, the sample and its certificate, who has which case
  | "cases" // single cases, their judgements, what was written about them
  | "panel" // the board: numbers, triggers, votes, reasons
  | "ratings" // ratings and why they were given
  | "report" // the report before it is published
  | "history"; // every fact as it was recorded

/** They oversee all inspections. A panel's chair convenes it, and is nobody's member before. */
const everywhere = [
  "quality-lead",
  "research-analyst",
  "panel-chair",
  "head-of-programme",
  "chief-inspector",
  "auditor",
] as const;
/** They plan and publish, and need no single case for it. */
const office = ["scheduler", "publications-officer"] as const;
const inspecting = [
  "lead-inspector",
  "deputy-lead-inspector",
  "inspector",
  "assistant-inspector",
  "local-assessor",
] as const;

const all = grant([...everywhere, ...office]);
const own: readonly Grant[] = [
  ...grant(inspecting, { only: ["team"] }),
  ...grant(["panel-member"], { only: ["panel"] }),
];
const marking = grant(["lead-inspector", "deputy-lead-inspector", "inspector"], {
  only: ["second-marker"],
});
const provider = grant(["provider-user"], { only: ["provider"] });
const informed = grant(["provider-user"], { only: ["provider", "informed"] });
const unlessBlind = (grants: readonly Grant[]): readonly Grant[] =>
  grants.map((each) => ({ ...each, never: ["blind"] }));

export const readingPermissions: Permissions<Reading> = {
  inspection: [...all, ...own, ...marking, ...provider],
  sample: [...all, ...own, ...marking],
  cases: [...grant(everywhere), ...own, ...marking],
  panel: unlessBlind([...all, ...own]),
  ratings: unlessBlind([...all, ...own, ...informed]),
  report: unlessBlind([...all, ...own, ...informed]),
  history: unlessBlind([...grant(everywhere), ...own]),
};

/** The table's parts, in the order in which an inspection passes through them. */
export const permissionParts: Readonly<Record<string, Permissions<string>>> = {
  ...Object.fromEntries(
    Object.values(registry).map(({ part, permissions }) => [part, permissions]),
  ),
  Reading: readingPermissions,
};

/** Every command with who may send it. */
export const commandPermissions: Permissions<CommandName> = {
  ...registry.framework.permissions,
  ...registry.programme.permissions,
  ...registry.inspection.permissions,
  ...registry.fieldwork.permissions,
  ...registry.assessment.permissions,
  ...registry.panel.permissions,
  ...registry.publication.permissions,
  ...registry.reminders.permissions,
  ...registry.erasure.permissions,
};

/** How a relation is said in the table, where it is needed and where it rules out. */
export const relationWords: Readonly<Record<Relation, string>> = {
  lead: "leads it",
  team: "on its team",
  allocated: "has the case",
  "first-marker": "marked the case first",
  "second-marker": "second marker",
  worked: "worked on it",
  panel: "on its panel",
  chair: "chairs its panel",
  provider: "own service",
  drafted: "wrote part of it",
  blind: "still marks blind",
  informed: "was sent the draft",
};

/**
 * One row in words: `scheduler; lead-inspector, deputy-lead-inspector (leads it)`. Roles under the
 * same conditions stand together, in the order of `Role`.
 */
export const rowOf = (grants: readonly Grant[]): string => {
  const groups = new Map<string, Role[]>();
  for (const role of Role.options)
    for (const each of grants.filter((one) => one.role === role)) {
      const condition = conditionOf(each);
      groups.set(condition, [...(groups.get(condition) ?? []), role]);
    }
  return [...groups]
    .map(([condition, roles]) => roles.join(", ") + (condition && ` (${condition})`))
    .join("; ");
};

const conditionOf = ({ only = [], never = [] }: Grant): string =>
  [
    ...(only.length > 0 ? [only.map((relation) => relationWords[relation]).join(" and ")] : []),
    ...never.map((relation) => `not if ${relationWords[relation]}`),
  ].join(", ");
