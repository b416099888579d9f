/**
 * Facts in, duties out: everything that is owed at each stage of an inspection, whose it is and by
 * when. A duty that comes too early, stays too long or goes to somebody else changes the list,
 * which is kept in `golden/duties.txt` as a person last read it. To take a change over, read it
 * and run
 * `npm test -- packages/spec/duties.test.ts -u`.
 */
import { join } from "node:path";

import { expect, it } from "vitest";

import { type Stage, stages, worldAt } from "./stages.ts";

/** Each duty on a line; those that differ in the case and the person alone are counted. */
const owedAt = (stage: Stage): string => {
  const counts = new Map<string, number>();
  for (const { what, owner, person, due, command } of worldAt(stage).owed()) {
    const perCase = /\bc\d{4}\b/.test(what);
    const whose = person === undefined ? owner : `${owner} (${perCase ? "named" : person})`;
    const done = command ? (due ? "done then" : "done at once") : "";
    const parts = [what.replaceAll(/\bc\d{4}\b/g, "c…"), whose, due ?? "no date", done];
    const line = parts.filter((part) => part !== "").join(" | ");
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].map(([line, count]) => (count === 1 ? line : `${count} × ${line}`));
  return [`# ${stage}`, ...lines].join("\n");
};

it("what is owed at each stage is what was read", async () => {
  const file = join(import.meta.dirname, "golden/duties.txt");
  await expect(`${stages.map(owedAt).join("\n\n")}\n`).toMatchFileSnapshot(file);
});

it("only the days of erasing are left once an inspection is closed", () => {
  const left = worldAt("closed").owed();
  expect(left.map(({ owner }) => owner)).toEqual(["system", "system"]);
  expect(left.map(({ what }) => what.split(" ")[0])).toEqual(["Erase", "Erase"]);
});
