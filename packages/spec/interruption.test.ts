import { describe, expect, it } from "vitest";

import { people } from "./people.ts";
import { askedOf, senderOf, type Specimen, stageOf } from "./specimen.ts";
import { specimens } from "./specimens.ts";
import { stages, worldAt } from "./stages.ts";
import type { World } from "./world.ts";

const reason = "A flood";
const all = Object.entries(specimens);

/** What may be asked of an inspection that rests, or is over. */
const whilePostponed = ["ResumeInspection", "CancelInspection", "AssignTeam"];
/** Whatever becomes of an inspection, a right to be forgotten holds. */
const always = ["EraseCase"];
const afterPublication = stages.slice(stages.indexOf("published"));

const answerAfter = (specimen: Specimen, interrupt: (world: World) => void): string => {
  const world = stageOf(specimen);
  const [by, asked] = [senderOf(specimen, world), askedOf(specimen, world)];
  interrupt(world);
  const answer = world.ask(by, asked, specimen.when);
  return answer.accepted ? "accepted" : answer.refusal.reason;
};

const interruptible = all.filter(
  ([type, { at }]) =>
    at !== "unscheduled" && !afterPublication.includes(at) && type !== "ResumeInspection",
);

describe.each(interruptible)("%s", (type, specimen) => {
  it("waits while the inspection is postponed", () => {
    const answer = answerAfter(
      specimen,
      (world) => void world.tell(people.head, { type: "PostponeInspection", reason }),
    );
    const taken = [...whilePostponed, ...always].includes(type);
    expect(answer).toBe(taken ? "accepted" : "NotInThisPhase");
  });

  it("is in place again once the inspection goes on", () => {
    const answer = answerAfter(specimen, (world) => {
      world.tell(people.head, { type: "PostponeInspection", reason });
      world.tell(people.head, { type: "ResumeInspection" });
    });
    expect(answer).toBe("accepted");
  });

  it("comes too late for a cancelled inspection", () => {
    const answer = answerAfter(
      specimen,
      (world) => void world.tell(people.head, { type: "CancelInspection", reason }),
    );
    const taken = always.includes(type);
    expect(answer).toBe(taken ? "accepted" : "NotInThisPhase");
  });
});

describe.each(all.filter(([type]) => type !== "ScheduleInspection"))("%s", (_, specimen) => {
  it("says that an inspection which nobody scheduled is unknown", () => {
    const told = stageOf(specimen);
    const empty = worldAt("unscheduled");
    const answer = empty.ask(senderOf(specimen, told), askedOf(specimen, told), told.now);
    expect(answer).toEqual({ accepted: false, refusal: { reason: "UnknownInspection" } });
  });
});

const before = stages.slice(stages.indexOf("scheduled"), stages.indexOf("published"));

describe.each(before)("an inspection that is %s", (stage) => {
  it("rests when it is postponed, and owes its resumption alone", () => {
    const world = worldAt(stage);
    world.tell(people.head, { type: "PostponeInspection", reason });
    expect(world.owed().map(({ key }) => key)).toEqual(["resume"]);
    world.moveTo("2022-01-10T09:00:00.000Z");
    expect(world.facts().at(-1)?.type).toBe("InspectionPostponed");
  });

  it("goes on in the phase in which it was postponed", () => {
    const world = worldAt(stage);
    const phase = () => world.stateFor({ type: "CancelInspection", reason }).phase.value;
    const value = phase();
    world.tell(people.head, { type: "PostponeInspection", reason });
    expect(phase()).toBe("postponed");
    world.tell(people.head, { type: "ResumeInspection" });
    expect(phase()).toEqual(value);
  });

  it("owes nothing once it is cancelled but that its words are erased in time", () => {
    const world = worldAt(stage);
    world.tell(people.head, { type: "CancelInspection", reason });
    world.moveTo("2022-01-10T09:00:00.000Z");
    const owed = world.owed().map(({ key }) => key);
    expect(owed.filter((key) => !key.startsWith("erase/"))).toEqual([]);
    expect(world.facts().at(-1)?.type).toBe("InspectionCancelled");
  });
});

describe.each(afterPublication)("an inspection that is %s", (stage) => {
  it.each(["PostponeInspection", "CancelInspection"] as const)("is past %s", (type) => {
    const answer = worldAt(stage).ask(people.head, { type, reason });
    expect(answer).toMatchObject({ accepted: false, refusal: { reason: "NotInThisPhase" } });
  });
});
