import { answerCase, sampleOf } from "@assay/spec/assessing.ts";
import { people } from "@assay/spec/people.ts";
import { proposeReplacement } from "@assay/spec/specimens-announcement.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { nonce, plainRows, plainStory } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

import { commitmentTo } from "../sampling/stream.ts";

const { analyst, head, lead, provider, scheduler } = people;
const reason = "A good reason";
const laterDays = { start: "2021-06-14", end: "2021-06-18" };
const commitment = commitmentTo("0b");
const typesOf = (facts: readonly { readonly type: string }[]) => facts.map(({ type }) => type);
const drawnIn = (world: World) => {
  const fact = world.facts("inspection").findLast(({ type }) => type === "SampleDrawn");
  return fact?.type === "SampleDrawn" ? fact.draw : undefined;
};

describe("after the list has come in", () => {
  it.each([
    ["a returned list", "list-returned", analyst, { type: "ReturnCaseList", reason }],
    [
      "moved fieldwork",
      "fieldwork-moved",
      scheduler,
      { type: "RescheduleInspection", fieldwork: laterDays, reason },
    ],
    [
      "another size",
      "sizes-set",
      analyst,
      { type: "SetSampleSizes", overrides: { court: { size: 3, reason } } },
    ],
  ] as const)("%s comes with a new commitment", (_, because, by, asked) => {
    const world = worldAt("listed");
    expect(world.tell(by, { ...asked, commitment }).at(-1)).toMatchObject({
      type: "CommitmentRenewed",
      commitment,
      because,
    });
    if (because === "list-returned")
      world.tell(provider, { type: "SubmitCaseList", rows: plainRows });
    expect(world.ask(analyst, { type: "DrawSample", nonce })).toMatchObject({
      refusal: { reason: "NonceDoesNotMatch", commitment },
    });
    world.tell(analyst, { type: "DrawSample", nonce: "0b" });
    expect(world.facts("inspection").at(-1)).toMatchObject({ nonce: "0b" });
  });

  it("a move that keeps the first day changes nothing that the sample rests on", () => {
    const world = worldAt("listed");
    const fieldwork = { start: "2021-05-17", end: "2021-05-20" };
    const facts = world.tell(scheduler, { type: "RescheduleInspection", fieldwork, reason });
    expect(typesOf(facts)).not.toContain("CommitmentRenewed");
  });

  it("the days of a sample that was drawn can move without a new commitment", () => {
    const world = worldAt("notified");
    world.tell(head, { type: "PostponeInspection", reason });
    const facts = world.tell(head, { type: "ResumeInspection", fieldwork: laterDays });
    expect(typesOf(facts)).not.toContain("CommitmentRenewed");
  });
});

describe("before the list has come in", () => {
  it("sizes and days are free, and the sizes hold at the draw", () => {
    const world = worldAt("announced");
    const overrides = { court: { size: 2, reason } };
    const set = world.tell(analyst, { type: "SetSampleSizes", overrides });
    expect(typesOf(set)).toEqual(["SampleSizesSet"]);
    world.tell(provider, { type: "SubmitCaseList", rows: plainRows });
    world.tell(analyst, { type: "DrawSample", nonce });
    const { court, outOfCourt } = drawnIn(world)!.populations;
    expect(court?.size).toMatchObject({ override: overrides.court, size: 2 });
    expect(outOfCourt?.size.override).toBeUndefined();
  });
});

describe("a beacon", () => {
  const named = { type: "NameBeacon", source: "drand-quicknet" } as const;

  it("is named by a round that appears after the list is due, and once", () => {
    const world = worldAt("announced");
    const at = "2026-04-12T09:00:00.000Z";
    const answer = world.ask(scheduler, named, at);
    expect(answer).toMatchObject({
      events: [{ beacon: { source: "drand-quicknet", at: "2026-04-13T09:00:00.000Z" } }],
    });
    expect(world.tell(scheduler, named)).toEqual([]);
  });

  it("is named anew for a list that comes after its round", () => {
    const world = worldAt("announced");
    world.ask(scheduler, named, "2026-04-12T09:00:00.000Z");
    const list = { type: "SubmitCaseList", rows: plainRows, commitment } as const;
    const answer = world.ask(provider, list, "2026-04-14T09:00:00.000Z");
    expect(answer).toMatchObject({
      events: [
        { type: "CaseListSubmitted" },
        { type: "CommitmentRenewed", because: "beacon-passed" },
        { type: "BeaconNamed", beacon: { at: "2026-04-15T09:00:00.000Z" } },
      ],
    });
  });
});

describe("a case with answers", () => {
  it("leaves the sample once a second person approves, and its answers stay", () => {
    const world = worldAt("opened");
    const id = sampleOf(world)[0]!;
    proposeReplacement(world);
    expect(sampleOf(world)).toContain(id);
    const answered = world.facts("assessment").length;
    const [gone] = world.tell(head, { type: "ApproveReplacement", case: id });
    expect(gone).toMatchObject({ type: "CaseReplaced", case: id, by: { id: head.id } });
    expect(sampleOf(world)).not.toContain(id);
    expect(world.facts("assessment")).toHaveLength(answered);
    expect(world.tell(head, { type: "ApproveReplacement", case: id })).toEqual([]);
  });

  it("is proposed anew only where something else is said", () => {
    const world = worldAt("opened");
    const id = sampleOf(world)[0]!;
    answerCase(world, id, plainStory);
    const ask = {
      type: "ReplaceCase",
      case: id,
      reason: "not-eligible",
      note: "Too old.",
    } as const;
    expect(typesOf(world.tell(lead, ask))).toEqual(["ReplacementProposed"]);
    expect(world.tell(lead, ask)).toEqual([]);
    expect(typesOf(world.tell(lead, { ...ask, note: "Too old by far." }))).toEqual([
      "ReplacementProposed",
    ]);
  });

  it("without answers leaves at once", () => {
    const world = worldAt("opened");
    const id = sampleOf(world)[0]!;
    const ask = {
      type: "ReplaceCase",
      case: id,
      reason: "not-eligible",
      note: "Too old.",
    } as const;
    expect(typesOf(world.tell(lead, ask))).toEqual(["CaseReplaced"]);
  });
});
