import { people } from "@assay/spec/people.ts";
import { type Stage, worldAt } from "@assay/spec/stages.ts";
import type { World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

import type { AnyFact } from "../facts.ts";
import { assay } from "../kernel/actor.ts";
import type { Digest } from "../kernel/ids.ts";
import { linkedBy, reminders } from "./decide.ts";
import type { LetterCalled, ReminderEvent } from "./events.ts";
import { lettersSent } from "./letters.ts";
import { writtenLetter } from "./message.ts";

const rules = linkedBy((letter) => letter.replaceAll("-", "").repeat(2) as Digest, reminders);

/** A world whose letters are called for as soon as there is news. */
const posted = (stage: Stage, atOnce = true) => {
  const world = worldAt(stage);
  const own: ReminderEvent[] = [];
  const facts = () => world.facts() as readonly AnyFact[];
  const state = () => [...facts(), ...own].reduce(rules.evolve, rules.initial);
  const ask = (command: object) => {
    const asked = { inspection: world.inspection, at: world.now, by: assay, ...command };
    const answer = rules.decide(asked as Parameters<typeof rules.decide>[0], state(), []);
    if (answer.accepted) own.push(...answer.events);
    return answer;
  };
  const call = (): readonly LetterCalled[] => {
    const answer = ask({ type: "CallLetters" });
    if (!answer.accepted) throw new Error(answer.refusal.reason);
    return answer.events.filter((event) => event.type === "LetterCalled");
  };
  const written = (letter: LetterCalled) =>
    writtenLetter(world.inspection, letter, facts(), {
      ...{ url: undefined, site: undefined, contact: undefined, addressee: undefined },
      ...{ copy: undefined, now: world.now },
    });
  const sent = () => lettersSent([...facts(), ...own], world.now);
  if (atOnce) call();
  return { world, ask, call, written, sent };
};

const told = (letters: readonly LetterCalled[]) =>
  letters.map(({ about, to }) => [about, to.office ?? to.place]);
const reason = "The board asked for it.";
const laterDays = { start: "2021-06-14", end: "2021-06-18" };
const later = (world: World, days: number): string =>
  new Date(Date.parse(world.now) + days * 86_400_000).toISOString();

describe("a date that moves after it was told", () => {
  it("is told to each office of the announcement, with the dates that its letter names", () => {
    const { world, call, written } = posted("announced");
    world.tell(people.scheduler, { type: "RescheduleInspection", fieldwork: laterDays, reason });
    const letters = call();
    expect(told(letters)).toEqual([
      ["change", "service-manager"],
      ["change", "board-chair"],
    ]);
    const [manager, chair] = letters.map((letter) => written(letter).text);
    expect(written(letters[0]!).subject).toBe(
      "Inspection of Sandford Youth Justice Service: new dates",
    );
    expect(manager).toContain("- Fieldwork begins: 14 June 2021");
    expect(manager).toMatch(/- The service sends the case list: \d+ May 2021/);
    expect(chair).toContain("- Fieldwork begins: 14 June 2021");
    expect(chair).not.toContain("case list");
    expect(call()).toEqual([]);
  });

  it("is told as postponed, as taken up again, and as cancelled, by what holds then", () => {
    const { world, call, written } = posted("announced");
    world.tell(people.head, { type: "PostponeInspection", reason });
    const [postponed] = call();
    expect(written(postponed!).text).toContain("is postponed. The dates in our letters do not");
    world.moveTo(later(world, 1));
    world.tell(people.head, { type: "ResumeInspection", fieldwork: laterDays });
    const [resumed] = call();
    expect(written(resumed!).text).toContain("- Fieldwork begins: 14 June 2021");
    // A letter that is late says what holds by now.
    expect(written(postponed!).text).toContain("- Fieldwork begins: 14 June 2021");
    world.moveTo(later(world, 1));
    world.tell(people.head, { type: "CancelInspection", reason });
    const [cancelled] = call();
    expect(written(cancelled!).text).toContain("is cancelled. Nothing that our letters ask for");
    const late = posted("announced", false);
    late.world.tell(people.head, { type: "CancelInspection", reason });
    expect(new Set(late.call().map(({ about }) => about))).toEqual(new Set(["change"]));
  });

  it("is told to nobody before the announcement, and once where it moved twice meanwhile", () => {
    const early = posted("scheduled");
    early.world.tell(people.scheduler, {
      ...{ type: "RescheduleInspection", fieldwork: laterDays, reason },
    });
    expect(early.call()).toEqual([]);
    const { world, call } = posted("announced");
    world.tell(people.head, { type: "PostponeInspection", reason });
    world.moveTo(later(world, 1));
    world.tell(people.head, { type: "ResumeInspection" });
    expect(call()).toHaveLength(2);
  });

  it("is told to whoever has a copy under embargo, and a copy that is held back too", () => {
    const { world, call, written, sent } = posted("embargoed");
    world.settle();
    const { publishAt, copiesFrom } = world
      .facts()
      .findLast((fact) => fact.type === "EmbargoSet") as Extract<AnyFact, { type: "EmbargoSet" }>;
    world.moveTo(copiesFrom);
    world.settle();
    const copies = call();
    expect(copies.map(({ about }) => about)).toContain("copy");
    expect(sent().at(-1)).toMatchObject({ standing: "open", holds: true });
    const moved = new Date(Date.parse(publishAt) + 30 * 86_400_000).toISOString();
    world.tell(people.chief, { type: "ChangeEmbargo", publishAt: moved, reason });
    const letters = call().filter(({ about }) => about === "change");
    expect(letters).toHaveLength(copies.length);
    expect(written(letters[0]!).text).toMatch(/will be published at .* Please delete the copy/);
    expect(sent().find(({ about }) => about === "copy")).toMatchObject({
      ...{ standing: "replaced", holds: false },
    });
    world.tell(people.chief, { type: "WithdrawSignOff", reason });
    expect(written(call()[0]!).subject).toContain("is held back");
  });
});

describe("a letter that is sent again", () => {
  it("has a new link, and the former one ends", () => {
    const { world, ask, sent } = posted("shared");
    const before = sent().find(({ about }) => about === "draft")!;
    expect(
      ask({ type: "SendLetterAgain", by: people.inspector, letter: before.letter }),
    ).toMatchObject({
      refusal: { reason: "NotPermitted" },
    });
    ask({ type: "RevokeLink", by: people.lead, letter: before.letter, reason });
    world.moveTo(later(world, 1));
    const answer = ask({ type: "SendLetterAgain", by: people.lead, letter: before.letter });
    expect(answer).toMatchObject({ accepted: true, events: [{ about: "draft", to: before.to }] });
    const [first, second] = sent().filter(({ about }) => about === "draft");
    expect([first!.standing, first!.holds]).toEqual(["revoked", false]);
    expect([second!.standing, second!.holds]).toEqual(["open", true]);
    expect(second!.link!.digest).not.toBe(first!.link!.digest);
    expect(
      ask({ type: "RevokeLink", by: people.lead, letter: before.letter, reason: "Again." }),
    ).toMatchObject({
      refusal: { reason: "NoSuchLink" },
    });
  });

  it("is refused where nobody wrote it, and where what it says is over", () => {
    const { world, ask, sent } = posted("shared");
    const { letter, link } = sent().find(({ about }) => about === "draft")!;
    const unknown = { type: "SendLetterAgain", by: people.lead, letter: crypto.randomUUID() };
    expect(ask(unknown)).toMatchObject({ refusal: { reason: "UnknownReminder" } });
    world.moveTo(link!.until);
    expect(ask({ type: "SendLetterAgain", by: people.lead, letter })).toMatchObject({
      refusal: { reason: "LetterIsOver" },
    });
    expect(sent().find((each) => each.letter === letter)!.holds).toBe(false);
  });
});
