import { join } from "node:path";

import { testGolden } from "@assay/spec/golden.ts";
import { people } from "@assay/spec/people.ts";
import type { Rules } from "@assay/spec/rules.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { reconstructedStory } from "@assay/spec/story.ts";
import { describe, expect, it } from "vitest";

import { assay } from "../kernel/actor.ts";
import { InspectionId } from "../kernel/ids.ts";
import { Instant } from "../kernel/instants.ts";
import { atRhythm, type ReminderKnown, reminders } from "./decide.ts";
import type { ReminderState } from "./state.ts";
import { ReminderEvent } from "./events.ts";
import { remindersFlow } from "./flow.ts";
import { letterOf, subjectOf } from "./message.ts";

testGolden(
  {
    name: "reminders",
    events: ReminderEvent,
    eventTypes: ReminderEvent.options.map(({ shape }) => shape.type.value),
  } as unknown as Rules,
  join(import.meta.dirname, "golden"),
);

const inspection = InspectionId.parse("sandford-2021");
const at = (text: string) => Instant.parse(text);
const stateOf = (facts: readonly unknown[], from = reminders.initial): ReminderState =>
  (facts as readonly ReminderKnown[]).reduce(reminders.evolve, from);

const call = (state: ReminderState, when: string, by = assay) =>
  reminders.decide({ type: "CallReminders", inspection, at: at(when), by }, state, []);

const called = (state: ReminderState, when: string) => {
  const answer = call(state, when);
  if (!answer.accepted) throw new Error(answer.refusal.reason);
  return answer.events.filter((event) => event.type === "ReminderCalled");
};

const due = (state: ReminderState): string | undefined =>
  remindersFlow.owed(inspection, state)[0]?.due;

const opened = stateOf(worldAt("opened").facts());
/** Two working days before fieldwork's last, in the morning. */
const before = "2021-05-19T07:00:00.000Z";
const after = "2021-05-24T07:00:00.000Z";

describe("reminders", () => {
  it("go out in the morning of a working day, never before what is known", () => {
    expect(due(opened)).toBe("2021-05-19T07:00:00.000Z");
    const friday = stateOf([{ type: "SurveyClosed", at: at("2021-05-21T09:00:00.000Z") }], opened);
    expect(due(friday)).toBe("2021-05-24T07:00:00.000Z");
  });

  it("keep to the rhythm that is set, however far apart its days are", () => {
    const rhythm = [-3, 0, 3];
    expect(atRhythm(rhythm, remindersFlow).initial.rhythm).toEqual(rhythm);
    // What is due by the end of Friday 21 May: the Tuesday before, on the day, and after it.
    let known = stateOf(worldAt("opened").facts(), atRhythm(rhythm, reminders).initial);
    const rounds = [];
    for (let next = due(known); next !== undefined && rounds.length < 3; next = due(known)) {
      rounds.push(next);
      known = stateOf(called(known, next), known);
    }
    expect(rounds).toEqual([
      "2021-05-18T07:00:00.000Z",
      "2021-05-21T07:00:00.000Z",
      "2021-05-26T07:00:00.000Z",
    ]);
  });

  it("tell each person everything at once, however many cases it is", () => {
    const told = called(opened, before);
    const to = told.map(({ to: { person, role } }) => person ?? role);
    expect(new Set(to).size).toBe(to.length);
    const iris = told.find(({ to: { person } }) => person === people.inspector.id)!;
    expect(iris.items.length).toBeGreaterThan(3);
    expect(iris.items.every(({ time }) => time === 1)).toBe(true);
    expect(subjectOf("Sandford", iris, at(before))).toBe(
      `Inspection of Sandford: ${iris.items.length} due soon`,
    );
  });

  it("come once before the date and three times after it, and then no more", () => {
    let state = stateOf(called(opened, before), opened);
    expect(called(state, before)).toEqual([]);
    for (const [when, time] of [
      [after, 2],
      ["2021-06-01T07:00:00.000Z", 3],
      ["2021-06-08T07:00:00.000Z", 4],
    ] as const) {
      expect(due(state)! <= when).toBe(true);
      const told = called(state, when);
      const iris = told.find(({ to: { person } }) => person === people.inspector.id)!;
      expect(iris.items.map((item) => item.time)).toEqual(iris.items.map(() => time));
      const around = { addressee: "Iris", service: "Sandford", contact: "help@x.example" };
      const [url, now] = ["https://assay.example", at("2021-06-30T09:00:00.000Z")];
      const letter = letterOf(inspection, iris, { ...around, url, now });
      expect(letter).toMatch(/^Dear Iris,\n[^]*\nLATE\n- Assess case/);
      expect(letter).toContain("was due by 21 May 2021. Please do it by 2 July 2021.");
      expect(letter).not.toContain("DUE SOON");
      expect(letter).toContain(
        "https://assay.example/inspections/sandford-2021/cases/c0001/assess",
      );
      state = stateOf(told, state);
    }
    expect(called(state, "2021-12-08T07:00:00.000Z").flatMap(({ items }) => items)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ what: "Assess case c0001" })]),
    );
  });

  it("do not wait for the morning where there is an alert", () => {
    const raised = {
      type: "AlertRaised",
      at: at("2021-05-18T12:00:00.000Z"),
      by: people.inspector,
      alert: "alert-one",
      due: at("2021-05-18T22:59:00.000Z"),
      text: { risk: "A risk.", action: "Act." },
    };
    const state = stateOf([raised], opened);
    expect(due(state)! <= raised.at).toBe(true);
    const items = called(state, raised.at).flatMap((each) => each.items);
    expect(items.map(({ what }) => what)).toContain("Tell the service of the alert");
  });

  it("are not sent about a published inspection that is carried through", () => {
    const state = stateOf(worldAt("opened", reconstructedStory).facts());
    expect(due(state)).toBeUndefined();
    expect(called(state, after)).toEqual([]);
  });

  it("are settled once, and only where they were called, by Assay itself", () => {
    const [first] = called(opened, before);
    const state = stateOf([first], opened);
    const settle = (reminder: string, from = state, outcome: "log" | "no-address" = "log") =>
      reminders.decide(
        {
          type: "RecordDelivery",
          inspection,
          at: at(before),
          by: assay,
          reminder,
          outcome,
        },
        from,
        [],
      );
    const delivered = settle(first!.reminder);
    expect(delivered).toMatchObject({ events: [{ type: "ReminderDelivered", channel: "log" }] });
    expect(settle(first!.reminder, state, "no-address")).toMatchObject({
      events: [{ type: "ReminderFailed", why: "no-address" }],
    });
    const settled = stateOf(delivered.accepted ? delivered.events : [], state);
    expect(settle(first!.reminder, settled)).toEqual({ accepted: true, events: [] });
    expect(settle(first!.reminder, settled, "no-address")).toMatchObject({
      refusal: { reason: "AlreadySettled" },
    });
    expect(settle(first!.reminder, opened)).toMatchObject({
      refusal: { reason: "NotInThisPhase", phase: "reminders uncalled", first: "ReminderCalled" },
    });
    expect(settle("8f14e45f-ceea-867a-9a36-dedd4bea2543")).toMatchObject({
      refusal: { reason: "UnknownReminder" },
    });
    expect(call(opened, before, people.lead)).toMatchObject({
      refusal: { reason: "NotPermitted" },
    });
  });
});
