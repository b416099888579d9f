import { sampleOf } from "@assay/spec/assessing.ts";
import { people, team } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { courtOnlyStory, nonce, plainRows } from "@assay/spec/story.ts";
import type { Asked, World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

import { knownById } from "../framework/versions.ts";
import { columnsOfFormat1 } from "../framework/format-1.ts";
import { digestOf } from "../sampling/case-list.ts";
import type { Actor } from "../kernel/actor.ts";
import type { InspectionEvent } from "./events.ts";
import { commitmentTo, seedFrom } from "../sampling/stream.ts";

const { scheduler, lead, deputy, provider, analyst, head } = people;
const reason = "A good reason";
/** The nonce after a renewal, and its commitment. */
const other = "0b";
const commitment = commitmentTo(other);
const laterDays = { start: "2021-09-13", end: "2021-09-17" };
const typesIn = (world: World): readonly string[] =>
  world.facts("inspection").map(({ type }) => type);
const factOf = (world: World, type: InspectionEvent["type"]) =>
  world.facts("inspection").findLast((fact) => fact.type === type);
const keys = (world: World): readonly string[] => world.owed().map(({ key }) => key);

describe("an announcement", () => {
  it("pins the framework whole, commits to the nonce and opens every request", () => {
    const world = worldAt("announced");
    const { digest } = knownById("yos-2018")!;
    expect(factOf(world, "InspectionAnnounced")).toMatchObject({
      referenceDate: "2021-04-12",
      framework: { digest, version: { id: "yos-2018" } },
    });
    expect(typesIn(world).filter((type) => type === "RequestOpened")).toHaveLength(3);
    expect(keys(world)).toContain("send/case-list");
  });
});

describe("a request", () => {
  it("is chased by itself on the morning after its day, once", () => {
    const world = worldAt("announced");
    world.moveTo("2021-04-17T07:59:59.999Z");
    expect(typesIn(world)).not.toContain("RequestChased");
    world.moveTo("2021-04-17T08:00:00.000Z");
    expect(factOf(world, "RequestChased")).toMatchObject({ request: "case-list" });
    world.moveTo("2021-05-10T08:00:00.000Z");
    const chased = typesIn(world).filter((type) => type === "RequestChased");
    expect(chased).toHaveLength(3);
  });

  it("is due by the new days when the inspection moves, and what came stays satisfied", () => {
    const world = worldAt("listed");
    world.tell(head, { type: "PostponeInspection", reason });
    world.moveTo("2021-08-02T09:00:00.000Z");
    const resume = { type: "ResumeInspection", fieldwork: laterDays, commitment } as const;
    const facts = world.tell(head, resume);
    expect(facts.map((fact) => (fact.type === "RequestOpened" ? fact.request : fact.type))).toEqual(
      ["InspectionResumed", "evidence-in-advance", "contextual-data", "CommitmentRenewed"],
    );
    world.settle();
    expect(typesIn(world)).not.toContain("RequestChased");
  });
});

describe("a draw", () => {
  it("takes its seed from the nonce and the list, and reveals the nonce", () => {
    const world = worldAt("sampled");
    const listDigest = digestOf(plainRows, columnsOfFormat1);
    const seed = seedFrom({ nonce, listDigest });
    expect(factOf(world, "SampleDrawn")).toMatchObject({ draw: { seed, listDigest } });
    expect(world.facts("inspection").at(-1)).toMatchObject({ type: "NonceRevealed", nonce });
  });

  it("has another list before it when the first was returned", () => {
    const world = worldAt("listed");
    world.tell(analyst, { type: "ReturnCaseList", reason, commitment });
    expect(keys(world)).toContain("send/case-list");
    world.tell(provider, { type: "SubmitCaseList", rows: plainRows.slice(1) });
    expect(world.ask(analyst, { type: "DrawSample", nonce })).toMatchObject({
      refusal: { reason: "NonceDoesNotMatch", commitment },
    });
    world.tell(analyst, { type: "DrawSample", nonce: other });
    expect(factOf(world, "SampleDrawn")).toMatchObject({ draw: { rows: plainRows.length - 1 } });
  });

  it("lists a blank or padded reference as it came", () => {
    const rows = [
      { ...plainRows[0]!, ref: " 1 " },
      { ...plainRows[1]!, ref: "" },
    ];
    const world = worldAt("announced");
    world.tell(provider, { type: "SubmitCaseList", rows });
    const [, drawn] = [world, world.tell(analyst, { type: "DrawSample", nonce })[0]];
    expect(drawn).toMatchObject({
      draw: { listDigest: digestOf(rows, columnsOfFormat1) },
    });
  });
});

describe("a sampled case that cannot be assessed", () => {
  const replace = (world: World, id: string) =>
    world.tell(lead, {
      type: "ReplaceCase",
      case: id,
      reason: "record-restricted",
      note: "Only named people may open it.",
    })[0];

  it("is replaced by a reserve that nobody picks, and is withdrawn when none is left", () => {
    const world = worldAt("opened");
    const before = sampleOf(world);
    const reserves = factOf(world, "SampleDrawn");
    if (reserves?.type !== "SampleDrawn") throw new Error("nothing is drawn");
    const court = reserves.draw.populations["court"]!;
    const called = court.reserves.map(() => replace(world, sampleOf(world)[0]!));
    const replacements = called.flatMap((fact) =>
      fact?.type === "CaseReplaced" ? [fact.replacement] : [],
    );
    expect(replacements.toSorted()).toEqual(court.reserves.toSorted());
    expect(sampleOf(world)).toHaveLength(before.length);
    expect(replace(world, sampleOf(world)[0]!)?.type).toBe("CaseWithdrawn");
    expect(sampleOf(world)).toHaveLength(before.length - 1);
  });

  it("is withdrawn, not replaced, where every eligible case was drawn", () => {
    const world = worldAt("announced", courtOnlyStory);
    world.tell(provider, { type: "SubmitCaseList", rows: plainRows.slice(0, 3) });
    world.tell(analyst, { type: "DrawSample", nonce });
    world.tell(analyst, { type: "NotifySample" });
    expect(replace(world, "c0001")?.type).toBe("CaseWithdrawn");
  });
});

describe("an inspection that moves", () => {
  it("has every day worked out anew", () => {
    const world = worldAt("announced");
    world.tell(scheduler, { type: "RescheduleInspection", fieldwork: laterDays, reason });
    expect(factOf(world, "InspectionRescheduled")).toMatchObject({
      timetable: { fieldworkStart: "2021-09-13", panel: "2021-10-01", draft: "2021-10-15" },
    });
  });

  it("goes on with its former days when no others are named", () => {
    const world = worldAt("signed");
    world.tell(head, { type: "PostponeInspection", reason });
    const [resumed] = world.tell(head, { type: "ResumeInspection" });
    expect(resumed).toMatchObject({ timetable: { fieldworkStart: "2021-05-17" } });
  });
});

describe("what comes again", () => {
  const file = {
    type: "ReceiveSubmission",
    request: "contextual-data",
    digest: "d".repeat(64),
    bytes: 12,
    mediaType: "text/csv",
    name: "figures.csv",
  } as const;
  const again = (world: World, by: Actor, first: Asked, other: Asked) => {
    const told = [first, first, other, other].map((asked) => world.tell(by, asked).length > 0);
    expect(told).toEqual([true, false, true, false]);
  };

  it("is recorded where it says something else", () => {
    const move = { type: "RescheduleInspection", fieldwork: laterDays, reason } as const;
    const world = worldAt("announced");
    again(world, scheduler, move, { ...move, reason: "Another reason" });
    again(world, scheduler, { ...move, fieldwork: { ...laterDays, end: "2021-09-16" } }, move);
    const delegation = { type: "DelegateLead", to: deputy.id, reason } as const;
    again(world, lead, delegation, { ...delegation, reason: "Another reason" });
    world.tell(lead, { type: "EndDelegation" });
    expect(world.tell(lead, { type: "EndDelegation" })).toEqual([]);
    again(world, lead, { ...delegation, reason: "Another reason" }, delegation);
  });

  it("goes on with the days that it says, and with the former ones where it says none", () => {
    const resume = { type: "ResumeInspection" } as const;
    for (const [first, other] of [
      [resume, { ...resume, fieldwork: laterDays, commitment }],
      [{ ...resume, fieldwork: laterDays, commitment }, resume],
    ] as const) {
      const world = worldAt("listed");
      world.tell(head, { type: "PostponeInspection", reason });
      expect(world.tell(head, first)).not.toEqual([]);
      expect(world.tell(head, first)).toEqual([]);
      expect(world.ask(head, other)).toMatchObject({ refusal: { reason: "NotInThisPhase" } });
    }
  });

  it("asks for nothing more of the service where only the reason is put otherwise", () => {
    const world = worldAt("announced");
    const back = { type: "ReturnSubmission", request: file.request, digest: file.digest } as const;
    world.tell(provider, file);
    world.tell(lead, { type: "SatisfyRequest", request: file.request });
    expect(keys(world)).not.toContain("send/contextual-data");
    world.tell(lead, { ...back, reason });
    expect(keys(world)).toContain("send/contextual-data");
    expect(world.tell(lead, { type: "SatisfyRequest", request: file.request })).not.toEqual([]);
    again(
      world,
      lead,
      { ...back, reason: "Another reason" },
      { ...back, reason: "The right reason" },
    );
    expect(keys(world)).not.toContain("send/contextual-data");
  });

  it("returns another list for the same reason, and draws only as it was drawn", () => {
    const world = worldAt("listed");
    const back = { type: "ReturnCaseList", reason, commitment } as const;
    for (const rows of [plainRows.slice(1), plainRows]) {
      expect(world.tell(analyst, back)).not.toEqual([]);
      expect(world.tell(analyst, back)).toEqual([]);
      expect(world.tell(provider, { type: "SubmitCaseList", rows })).not.toEqual([]);
      expect(world.tell(provider, { type: "SubmitCaseList", rows })).toEqual([]);
    }
    const draw = { type: "DrawSample", nonce: other } as const;
    expect(world.tell(analyst, draw)).not.toEqual([]);
    expect(world.tell(analyst, draw)).toEqual([]);
    for (const another of [
      { ...draw, beacon: "00" },
      { ...draw, nonce: "00" },
    ] as const)
      expect(world.ask(analyst, another)).toMatchObject({ refusal: { reason: "NotInThisPhase" } });
  });
});

describe("a team", () => {
  it("has its deputy act as lead until the delegation ends", () => {
    const world = worldAt("opened");
    const alone = { type: "SatisfyRequest", request: "contextual-data" } as const;
    expect(world.ask(deputy, alone)).toMatchObject({ refusal: { reason: "NotPermitted" } });
    world.tell(lead, { type: "DelegateLead", to: deputy.id, reason });
    expect(world.ask(deputy, alone).accepted).toBe(true);
    world.tell(deputy, { type: "EndDelegation" });
    expect(world.ask(deputy, alone)).toMatchObject({ refusal: { reason: "NotPermitted" } });
  });

  it("may change while the inspection rests, which ends a delegation", () => {
    const world = worldAt("notified");
    world.tell(lead, { type: "DelegateLead", to: deputy.id, reason });
    world.tell(head, { type: "PostponeInspection", reason });
    world.tell(scheduler, { type: "AssignTeam", team: team.slice(0, 3) });
    world.tell(head, { type: "ResumeInspection" });
    const refused = world.ask(deputy, { type: "SatisfyRequest", request: "case-list" });
    expect(refused).toMatchObject({ refusal: { reason: "NotPermitted" } });
  });

  it("is scheduled again without harm, even after the days have moved", () => {
    const world = worldAt("unscheduled");
    const schedule = {
      type: "ScheduleInspection",
      service: { id: "sandford", name: "Sandford" },
      framework: "yos-2018",
      fieldwork: laterDays,
      team,
    } as const;
    world.tell(scheduler, schedule);
    const fieldwork = { start: "2021-10-04", end: "2021-10-08" };
    world.tell(scheduler, { type: "RescheduleInspection", fieldwork, reason });
    expect(world.tell(scheduler, schedule)).toEqual([]);
  });
});
