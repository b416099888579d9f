import { Instant } from "@assay/domain/kernel/instants.ts";
import { openHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Desk, openDesk, type Page } from "../contract/desk.ts";

let desk: Desk;

beforeAll(async () => {
  const { store, bus } = await openHistory();
  desk = await openDesk({ store, bus }, createSteppedClock(Instant.parse(today)));
});
afterAll(() => desk.close());

/** The links of the error summary, each with the message at the field that it leads to. */
const problemsOn = ({ text }: Page): readonly (readonly string[])[] => {
  const summary = /id="problems".*?<\/ul>/s.exec(text)?.[0] ?? "";
  return [...summary.matchAll(/<a href="#([^"]+)">([^<]+)<\/a>/g)].map(([, id, said]) => {
    const field = id!.replace(/-day$/, "");
    const at = new RegExp(`id="${field}-error"[^>]*>(.*?)</p>`, "s").exec(text)?.[1] ?? "";
    const seen = at
      .replaceAll(/<[^>]*>/g, "")
      .replace("Error:", "")
      .trim();
    return [id!, said!.trim(), seen];
  });
};

it("says what to do at the field, links to it, and keeps what was typed", async () => {
  await desk.signIn("scheduler/scheduler/");
  const path = "/inspections/made-up-ashbourne";
  const answer = await desk.send(path, "RescheduleInspection", {
    ...{ "fieldwork.start": "2027-02-30", "fieldwork.end": "2027-03-05" },
    reason: "",
  });
  expect(answer.status).toBe(422);
  expect(problemsOn(answer)).toEqual([
    [
      "RescheduleInspection-fieldwork-start-day",
      ...Array<string>(2).fill("Enter a real date, such as 24 5 2027"),
    ],
    ["RescheduleInspection-reason", ...Array<string>(2).fill("Enter a reason")],
  ]);
  expect(answer.text).toMatch(/name="fieldwork\.start-day"[^>]* value="30"/);
});

it("chooses no judgement for anybody, and says why a form is not there", async () => {
  await desk.signIn("panel-chair/panel-chair/");
  const { text } = await desk.read("/inspections/made-up-fenwick/panel/1.1");
  const ratings = [...text.matchAll(/<input [^>]*name="rating"[^>]*>/g)].map(([tag]) => tag);
  expect(ratings.length).toBeGreaterThan(3);
  expect(ratings.filter((tag) => tag.includes(" checked"))).toEqual([]);
  const panel = await desk.read("/inspections/made-up-fenwick/panel");
  expect(panel.text).not.toContain('id="form-ConcludePanel"');
  expect(panel.text).toMatch(/Conclude the panel:<\/strong> The panel has still to decide 1\.1/);
});
