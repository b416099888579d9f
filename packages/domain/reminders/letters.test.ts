import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { describe, expect, it } from "vitest";

import type { AnyFact } from "../facts.ts";
import { type Actor, assay } from "../kernel/actor.ts";
import { type Digest, InspectionId } from "../kernel/ids.ts";
import { Instant } from "../kernel/instants.ts";
import { linkedBy, type ReminderKnown, reminders } from "./decide.ts";
import type { ReminderState } from "./state.ts";
import type { LetterCalled } from "./events.ts";
import { remindersFlow } from "./flow.ts";
import { lettersSent } from "./letters.ts";
import { writtenLetter } from "./message.ts";

const inspection = InspectionId.parse("sandford-2021");
const at = (text: string) => Instant.parse(text);
const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" as Digest;

const rules = linkedBy(() => digest, reminders);

type Fact = ReminderKnown & { readonly at: Instant };
const facts = (stage: Parameters<typeof worldAt>[0]): readonly Fact[] =>
  worldAt(stage).facts() as readonly Fact[];
const before = (told: readonly Fact[], moment: Instant) => told.filter((fact) => fact.at <= moment);
const known = (told: readonly ReminderKnown[]): ReminderState =>
  told.reduce(rules.evolve, rules.initial);

/** The letters that are called for at that moment, each with a link where it has a copy. */
const called = (state: ReminderState, now: Instant): readonly LetterCalled[] => {
  const command = { type: "CallLetters", inspection, at: now, by: assay } as const;
  const answer = reminders.decide(command, state, []);
  if (!answer.accepted) throw new Error(answer.refusal.reason);
  return answer.events.filter((event) => event.type === "LetterCalled");
};

const published = facts("published");
const moment = (type: AnyFact["type"]): Instant =>
  published.findLast((fact) => fact.type === type)!.at;
const calledAt = (type: AnyFact["type"]) =>
  called(known(before(published, moment(type))), moment(type)).filter(
    ({ key }) => !key.startsWith("announcement") || type === "InspectionAnnounced",
  );
const around = {
  ...{ url: "https://assay.example", site: "https://reports.example/", contact: "help@x.example" },
  ...{ addressee: undefined, copy: undefined },
};
const written = (letter: LetterCalled, also: object = {}) =>
  writtenLetter(inspection, letter, before(published, letter.at) as readonly AnyFact[], {
    ...around,
    now: letter.at,
    ...also,
  });

describe("letters", () => {
  it("go to each recipient of the announcement, with the list for who is asked for it", () => {
    const letters = calledAt("InspectionAnnounced");
    expect(letters.map(({ about, to }) => [about, to.office])).toEqual([
      ["announcement", "service-manager"],
      ["announcement", "board-chair"],
    ]);
    expect(written(letters[1]!).enclosed).toEqual([]);
    const { subject, text, enclosed } = written(letters[0]!);
    expect(subject).toBe("Inspection of Sandford Youth Justice Service");
    expect(text).toMatch(/^Dear \p{Lu}.*,\n/u);
    expect(text).toContain("The lead inspector is Lena.");
    expect(enclosed.map(({ name }) => name)).toEqual(["case-list.csv"]);
  });

  it("are called for once, and by nobody but Assay", () => {
    const when = moment("InspectionAnnounced");
    const state = known(before(published, when));
    const first = called(state, when);
    expect(called(known([...before(published, when), ...first]), when)).toEqual([]);
    const mine = { type: "CallLetters", inspection, at: when } as const;
    for (const by of Object.values<Actor | readonly Actor[]>(people).flat())
      expect(reminders.decide({ ...mine, by }, state, []).accepted).toBe(false);
  });

  it("are not called for about what is old, nor about what is no news any more", () => {
    const all = known(published);
    expect(called(all, at("2035-01-01T09:00:00.000Z"))).toEqual([]);
    const late = called(all, moment("ReportPublished"));
    expect(new Set(late.map(({ about }) => about))).toEqual(new Set(["publication"]));
    const quiet = published.map((fact) =>
      fact.type === "InspectionScheduled"
        ? { ...fact, reconstruction: { source: "x", counts: true, unrated: [], said: [] } }
        : fact,
    );
    expect(called(known(quiet), moment("ReportPublished"))).toEqual([]);
  });

  it("bring the draft to the service until its comments are due", () => {
    const [letter, ...more] = calledAt("DraftSent");
    expect([letter?.about, letter?.to, more]).toEqual(["draft", { service: "sandford" }, []]);
    const { text } = written(letter!, { copy: { link: "https://assay.example/copies/x/y" } });
    expect(text).toMatch(/Read it here until 23:59 on .*: https:\/\/assay.example\/copies\/x\/y/);
    expect(text).toContain("/inspections/sandford-2021/service");
    const over = { now: at("2031-01-01T09:00:00.000Z") };
    expect(written(letter!, over).text).toContain("The time for comments ended on");
  });

  it("bring a copy to each recipient by name until publication, and the news to all", () => {
    const copies = calledAt("EmbargoedCopiesSent").filter(({ about }) => about === "copy");
    const set = published.find((fact) => fact.type === "EmbargoSet")!;
    const recipients = set.type === "EmbargoSet" ? set.recipients : [];
    expect(copies).toHaveLength(recipients.length);
    expect(copies.length).toBeGreaterThan(0);
    for (const [index, copy] of copies.entries()) {
      const { body, text } = recipients[index]!;
      expect(copy.link?.until).toBe(set.type === "EmbargoSet" && set.publishAt);
      expect(written(copy).text).toContain(`Dear ${"name" in text ? text.name : ""},`);
      expect(written(copy).text).toContain(`at ${body}`);
    }
    const news = calledAt("ReportPublished").filter(({ about }) => about === "publication");
    expect(news).toHaveLength(recipients.length + 1);
    expect(written(news[0]!).text).toContain("https://reports.example/reports/sandford-2021/1/");
  });

  it("ask again for what is late, by a day that is still to come", () => {
    const announced = moment("InspectionAnnounced");
    const chased = {
      ...{ type: "RequestChased", at: at("2021-05-05T08:00:00.000Z"), by: assay },
      ...{ request: "case-list", due: "2021-05-04" },
    } as unknown as Fact;
    const told = [...before(published, announced), chased];
    const letter = called(known(told), chased.at).find(({ about }) => about === "chaser")!;
    const late = { ...around, now: at("2021-05-10T09:00:00.000Z") };
    const { text } = writtenLetter(inspection, letter, told as readonly AnyFact[], late);
    expect(text).toContain("It was due by 4 May 2021. Please send it by 12 May 2021.");
    expect(text).toContain("Ask Lena, who leads the inspection, or answer this letter");
  });

  it("have links that end: by their day, by a person, and by newer copies", () => {
    const copy = calledAt("EmbargoedCopiesSent").find(({ about }) => about === "copy")!;
    const told = [...before(published, copy.at), copy];
    const standing = (more: readonly unknown[], now = copy.at) =>
      lettersSent([...told, ...more] as never, now).at(-1)!.standing;
    expect(standing([])).toBe("open");
    expect(standing([], copy.link!.until)).toBe("over");
    const later = at("2030-01-01T00:00:00.000Z");
    expect(standing([{ type: "SignOffWithdrawn", at: later }])).toBe("replaced");
    const revoke = { type: "RevokeLink", inspection, at: copy.at, letter: copy.letter } as const;
    const asked = (by: Actor) =>
      reminders.decide({ ...revoke, by, reason: "They left." }, known(told), []);
    expect(asked(people.inspector)).toMatchObject({ refusal: { reason: "NotPermitted" } });
    const answer = asked(people.officer);
    if (!answer.accepted) throw new Error(answer.refusal.reason);
    expect(standing(answer.events)).toBe("revoked");
    const again = known([...told, ...answer.events]);
    const reworded = { ...revoke, by: people.officer, reason: "Again." };
    expect(reminders.decide(reworded, again, [])).toMatchObject({
      refusal: { reason: "NoSuchLink" },
    });
  });

  it("are owed as soon as there is news, and not any more once they are called for", () => {
    const when = moment("DraftSent");
    const state = known(before(published, when));
    const owed = (of: ReminderState) =>
      remindersFlow.owed(inspection, of).filter(({ key }) => key.startsWith("letters/"));
    expect(owed(state)).toHaveLength(1);
    expect(owed(known([...before(published, when), ...called(state, when)]))).toEqual([]);
  });
});
