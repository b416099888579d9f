/** The house rules hold on every file in git, and each of them reports a planted violation. */
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { filesOf } from "./house.ts";
import { breachesOf, fileRules, treeRules } from "./rules.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));
const step = ["events.ts", "commands.ts", "machine.ts", "decide.ts", "flow.ts"];
const header = "/** What it is. */\n";

/** The smallest tree that no rule objects to. */
const sound: Readonly<Record<string, string>> = {
  "STYLE.md": "# Style\n\nThe colour of `color`.\n",
  "docs/decisions/0001-record-decisions.md": "# One\n",
  ...Object.fromEntries(
    ["announcement", "fieldwork", "panel", "publication"].flatMap((name) =>
      step.map((file) => [`packages/domain/${name}/${file}`, header]),
    ),
  ),
};

/** For each rule, files that break it: put beside the sound ones, or in place of one. */
const plants: readonly (readonly [rule: string, path: string, text: string | undefined])[] = [
  ["opens-with-a-comment", "packages/store/bare.ts", 'import "./port.ts";\n'],
  ["opens-with-a-comment", "packages/store/moved.ts", `import "./port.ts";\n${header}`],
  ["opens-with-a-comment", "packages/store/long.ts", `/**\n${" * more\n".repeat(7)} */\n`],
  ["short-file", "packages/store/long.ts", `${header}${"export {};\n".repeat(300)}`],
  ["short-line", "packages/store/wide.ts", `${header}// ${"-".repeat(98)}\n`],
  ["finished", "packages/store/later.ts", `${header}// TODO: later\n`],
  ["finished", "packages/store/some.test.ts", `${header}test.only("one", () => {});\n`],
  ["finished", "packages/store/some.test.ts", `${header}  it.skip("one", () => {});\n`],
  ["no-machine-paths", "docs/start.md", "Go to /home/ann/assay and look.\n"],
  ["no-machine-paths", "infra/start.json", '{ "folder": "/work/data" }\n'],
  ["no-registry-hosts", "pnpm-lock.yaml", "tarball: https://registry.npmjs.org/zod.tgz\n"],
  ["no-barrel", "packages/store/all.ts", `${header}export * from "./port.ts";\n`],
  ["functional-domain", "packages/domain/panel/votes.ts", `${header}export class Votes {}\n`],
  ["functional-domain", "packages/domain/panel/votes.ts", `${header}enum Vote { Yes }\n`],
  [
    "no-try-in-the-domain",
    "packages/domain/panel/votes.ts",
    `${header}export const go = () => {\n  try {\n    count();\n  } catch {}\n};\n`,
  ],
  [
    "charts-in-machines",
    "packages/domain/panel/decide.ts",
    `${header}import { setup } from "xstate";\n`,
  ],
  ["british-spelling", "docs/look.md", "The color of the button.\n"],
  ["framework-words", "packages/report/planted.ts", `${header}// court\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// outOfCourt\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// disposals\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// desistance\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// youthConditional\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// a YOS\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// inspectorRosh\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// Inadequate\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// requires-improvement\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// Outstanding\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// custody\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// victims\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// a child’s name\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// probation\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// case manager\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// domain one\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// 29 out of 36\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// twelve standards\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// four ratings\n`],
  ["framework-words", "packages/report/planted.ts", `${header}// yos2018\n`],
  ["framework-words", "services/console/views/planted.njk", "<p>Court</p>\n"],
  ["framework-words", "infra/cli/planted.ts", `${header}const usual = "yos-2018";\n`],
  ["framework-words", "packages/domain/kernel/identifying.ts", header],
  ["one-form-system", "services/console/views/look.njk", '<p><input name="q"></p>\n'],
  [
    "facts-say-what-they-mean",
    "packages/domain/panel/events.ts",
    `${header}\nexport const PanelConvened = fact("PanelConvened", {});\n`,
  ],
  ["kebab-case", "packages/store/SqliteStore.ts", header],
  ["kebab-case", "packages/Store/port.ts", header],
  ["named-for-its-concept", "packages/store/utils.ts", header],
  ["named-for-its-concept", "packages/store/helpers/port.ts", header],
  ["named-for-its-concept", "packages/store/index.ts", header],
  ["named-for-its-concept", "packages/store/types.ts", header],
  ["five-files-a-step", "packages/domain/panel/flow.ts", undefined],
  ["named-paths", "docs/store.md", "See `packages/store/port.ts`.\n"],
  ["numbered-decisions", "docs/decisions/use-zod.md", "# Two\n"],
  ["numbered-decisions", "docs/decisions/0001-use-zod.md", "# Two\n"],
  ["numbered-decisions", "docs/decisions/0007-use-zod.md", "# Two\n"],
];

const breachesWith = (changes: Readonly<Record<string, string | undefined>>) =>
  breachesOf(
    Object.entries({ ...sound, ...changes }).flatMap(([path, text]) =>
      text === undefined ? [] : [{ path, text }],
    ),
  );

test("every file of this house keeps the rules", () => {
  const files = filesOf(house);
  expect(files.map(({ path }) => path)).toContain("infra/tidy/rules.ts");
  expect(breachesOf(files).map(({ rule, path, what }) => `${path}: ${what} (${rule})`)).toEqual([]);
});

test("a sound tree breaks no rule", () => {
  expect(breachesWith({})).toEqual([]);
});

test("a long literal may stay on its line, and code after it may not", () => {
  const words = "word ".repeat(20);
  const path = "packages/store/a.test.ts";
  expect(breachesWith({ [path]: `test("${words}", async () => {\n` })).toEqual([]);
  expect(breachesWith({ [path]: `const said = \`${words}\`;\n` })).toEqual([]);
  expect(breachesWith({ [path]: `const said = of("${words}").length;\n` })).toHaveLength(1);
});

test.each(plants)("%s is reported in %s", (rule, path, text) => {
  expect(breachesWith({ [path]: text })).toContainEqual(expect.objectContaining({ rule, path }));
});

test("every rule has been broken once", () => {
  const broken = new Set(plants.map(([rule]) => rule));
  const rules = [...fileRules, ...treeRules].map(({ rule }) => rule);
  expect([...broken].sort()).toEqual(rules.sort());
});
