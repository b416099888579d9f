import { type Desk, openDesk } from "@assay/console/contract/desk.ts";
import { commandTypes } from "@assay/domain/steps.ts";
import { openHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(await openHistory(), createSteppedClock(today));
});
afterAll(() => desk.close());

const assay = (...args: readonly string[]) =>
  atTerminal(args, { engine: { url: desk.origin }, width: 90 });

it("lists every command with what it records", async () => {
  const all = JSON.parse((await assay("commands", "--json")).out) as { command: string }[];
  const names = all.map(({ command }) => command);
  expect(names.length).toBeGreaterThan(100);
  expect(
    names.filter(
      (name) =>
        !Object.values(commandTypes)
          .flat()
          .includes(name as never),
    ),
  ).toEqual([]);
  const { out } = await assay("commands");
  expect(out).toMatch(/DrawSample +The sample is drawn\./);
});

it("says what one asks for, in lines that fit, with an example for assay do", async () => {
  const { out } = await assay("commands", "PostponeInspection");
  expect(out).toContain("PostponeInspection: The inspection is postponed.");
  expect(out).toMatch(/reason +yes +Why\. In words\./);
  expect(out).toContain(
    `assay do north-vale-2027 PostponeInspection --with '{"reason":"The office was closed`,
  );
  const { out: of } = await assay("commands", "ReplaceCase");
  expect(of).toMatch(/One of: not-eligible,\s+record-restricted/);
  const table = of.split("For example")[0]!;
  expect(Math.max(...table.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(90);
  expect((await assay("commands", "ConfirmSchedule")).out).toContain(
    "It asks for nothing but the programme.",
  );
});

it("knows no other command", async () => {
  const { status, err } = await assay("commands", "Nonsense");
  expect([status, err]).toEqual([2, expect.stringContaining("There is no command Nonsense")]);
  expect((await assay("do", "north-vale", "Nonsense", "--as", "scheduler")).err).toContain(
    "assay commands",
  );
});
