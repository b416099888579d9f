/** The role table as a page, docs/permissions.md: generated from the table, never written. */
import { Role } from "./kernel/actor.ts";
import { permissionParts, relationWords, rowOf } from "./permissions.ts";

/** A person reads it, and a test reads it back: what it says is what `decide` does. */
export const permissionsPage = (): string =>
  [
    "# Who may do what",
    "",
    "Nobody may do anything that does not stand here. A row names the roles that may send a " +
      "command, or read a part of an inspection; what stands in brackets has to hold as well. " +
      "The table is generated from `packages/domain/permissions.ts` by " +
      "`npm run -s assay -- permissions --markdown`, and a test asks the rules themselves about " +
      "every command, role and relation and holds their answers against this page.",
    "",
    `Roles: ${Role.options.map((role) => `\`${role}\``).join(", ")}. \`system\` is Assay ` +
      "itself, when it does what falls due; nobody can sign in as it.",
    "",
    ...relations,
    ...Object.entries(permissionParts).flatMap(([title, part]) => [
      `## ${title}`,
      "",
      `| ${title === "Reading" ? "What" : "Command"} | Who may |`,
      "| --- | --- |",
      ...Object.entries(part).map(([name, grants]) => `| ${name} | ${rowOf(grants)} |`),
      "",
    ]),
  ].join("\n");

const meanings: Readonly<Record<keyof typeof relationWords, string>> = {
  lead: "leads the inspection, or deputises while the lead delegates",
  team: "is on the inspection's team now",
  allocated: "has been allocated the case that the command is about",
  "first-marker": "recorded a judgement in the first marking of the case",
  "second-marker": "has been asked to mark the case (for reading: any of its cases) again",
  worked: "was ever on the team, or contributed to an assessment",
  panel: "sits on the inspection's panel and is not recused",
  chair: "chairs that panel",
  provider: "acts for the inspected service",
  drafted: "wrote a section of the report",
  blind: "has not finished a second marking, and so must not know the first",
  informed: "acts for the inspected service, and the draft has been sent there",
};

const relations: readonly string[] = [
  "| In brackets | Means that the person |",
  "| --- | --- |",
  ...Object.entries(relationWords).map(
    ([relation, words]) => `| ${words} | ${meanings[relation as keyof typeof relationWords]} |`,
  ),
  "",
];
