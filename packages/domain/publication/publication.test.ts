import { decideByRule } from "@assay/spec/deciding.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import { embargo } from "@assay/spec/publishing.ts";
import { comment, commentAndReturn } from "@assay/spec/specimens-publication.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { publicationMoment } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

import { inEngland } from "../kernel/instants.ts";
import type { Day } from "../kernel/instants.ts";

const reason = "A good reason";
const { lead, provider, chief, officer, chair, head } = people;
const last = (world: World) => world.facts("publication").at(-1);
const typesIn = (world: World): readonly string[] =>
  world.facts("publication").map(({ type }) => type);
const reconvene = { type: "ReconvenePanel", standards: ["3.1"], reason } as const;
const redraft = {
  type: "DraftSection",
  section: "background",
  markdown: "Put right.",
} as const;
const correct = { type: "IssueCorrection", what: "The background.", why: "It erred." } as const;

describe("the time for comments", () => {
  it("ends by itself when the tenth working day is over, and not a moment before", () => {
    const world = worldAt("shared");
    comment(world);
    world.moveTo("2021-06-28T22:59:59.999Z");
    expect(last(world)?.type).toBe("CommentReceived");
    world.moveTo("2021-06-28T23:00:00.000Z");
    expect(last(world)).toMatchObject({
      type: "CommentPeriodEnded",
      by: { role: "system" },
      due: "2021-06-28",
    });
    expect(world.owed().map(({ key }) => key)).toContain("answer/comment-one");
  });

  it("does not end twice when the provider has returned the comments", () => {
    const world = worldAt("commented");
    world.moveTo("2021-07-20T09:00:00.000Z");
    expect(typesIn(world)).not.toContain("CommentPeriodEnded");
  });
});

describe("an answered comment", () => {
  it("holds the report back until the panel has decided anew", () => {
    const world = worldAt("shared");
    commentAndReturn(world);
    const answer = { comment: "comment-one", outcome: "accepted", answer: "Quite so." } as const;
    world.tell(lead, { type: "AnswerComment", ...answer, standards: ["3.1"] });
    const close = { type: "CloseFactualAccuracy" } as const;
    expect(world.ask(lead, close)).toMatchObject({ refusal: { reason: "PanelStillToDecide" } });
    world.settle();
    expect(world.ask(lead, close)).toMatchObject({ refusal: { reason: "RatingsNotConcluded" } });
    decideByRule(world, "3.1");
    world.tell(chair, { type: "ConcludePanel", present: panelMembers });
    expect(world.tell(lead, close)).toHaveLength(1);
  });
});

describe("a signature", () => {
  it("is withdrawn by itself when the panel comes together again", () => {
    for (const stage of ["signed", "embargoed"] as const) {
      const world = worldAt(stage);
      world.tell(head, reconvene);
      world.settle();
      expect(last(world)).toMatchObject({ type: "SignOffWithdrawn", by: { role: "system" } });
    }
  });

  it("keeps an embargoed report from appearing on ratings that nobody signed", () => {
    const world = worldAt("embargoed");
    world.tell(head, reconvene);
    world.moveTo("2021-09-01T09:00:00.000Z");
    expect(typesIn(world)).not.toContain("ReportPublished");
    decideByRule(world, "3.1");
    world.tell(chair, { type: "ConcludePanel", present: panelMembers });
    world.tell(chief, { type: "SignOffReport" });
    embargo(world, "2021-09-14T08:30:00.000Z");
    world.moveTo("2021-09-14T08:30:00.000Z");
    expect(last(world)).toMatchObject({ type: "ReportPublished", conclusion: 2 });
  });

  it("is not given by whoever wrote a part, be it a figure", () => {
    const world = worldAt("settled");
    const author = { ...people.analyst, id: chief.id };
    world.tell(author, {
      type: "RecordContextualFact",
      name: "staff",
      label: "Staff",
      value: 40,
      unit: "people",
      source: "The service",
      asOf: "2021",
    });
    const refused = world.ask(chief, { type: "SignOffReport" });
    expect(refused).toMatchObject({ refusal: { reason: "NotPermitted" } });
  });
});

describe("an embargo", () => {
  it("sends the copies three working days before and publishes by itself, in that order", () => {
    const world = worldAt("embargoed");
    world.moveTo("2021-08-04T23:00:59.999Z");
    expect(last(world)?.type).toBe("EmbargoSet");
    world.moveTo("2021-08-09T23:00:59.999Z");
    expect(last(world)).toMatchObject({ type: "EmbargoedCopiesSent", recipients: 1 });
    world.moveTo(publicationMoment);
    expect(last(world)).toMatchObject({
      type: "ReportPublished",
      at: publicationMoment,
      version: 1,
      conclusion: 1,
    });
  });

  it.each([
    // Clocks go back on Sunday 31 October 2021: copies in summer time, the report in winter time.
    ["2021-11-02", "2021-11-02T00:01:00.000Z", "2021-10-27T23:01:00.000Z"],
    // Clocks go forward on Sunday 27 March 2022: the other way round.
    ["2022-03-29", "2022-03-28T23:01:00.000Z", "2022-03-24T00:01:00.000Z"],
  ])("keeps the clock's time across its change: %s", (day, publishAt, copiesFrom) => {
    const world = worldAt("signed");
    expect(inEngland(day as Day, "00:01")).toBe(publishAt);
    embargo(world, publishAt);
    expect(last(world)).toMatchObject({ publishAt, copiesFrom });
    world.moveTo("2022-04-30T09:00:00.000Z");
    const published = world.facts("publication").find(({ type }) => type === "ReportPublished");
    expect(published?.at).toBe(publishAt);
  });

  it("is lifted early by the Chief Inspector, and the report appears at once", () => {
    const world = worldAt("embargoed");
    world.moveTo("2021-08-03T12:00:00.000Z");
    world.tell(chief, { type: "ChangeEmbargo", publishAt: world.now, reason });
    world.settle();
    expect(typesIn(world).slice(-3)).toEqual([
      "EmbargoChanged",
      "EmbargoedCopiesSent",
      "ReportPublished",
    ]);
  });

  it("takes its copies along when it is put off, past the bank holiday between", () => {
    const world = worldAt("embargoed");
    const publishAt = "2021-08-31T23:01:00.000Z";
    world.tell(chief, { type: "ChangeEmbargo", publishAt, reason });
    world.moveTo("2021-08-25T23:00:59.999Z");
    expect(last(world)?.type).toBe("EmbargoChanged");
    world.moveTo(publishAt);
    expect(typesIn(world).slice(-2)).toEqual(["EmbargoedCopiesSent", "ReportPublished"]);
  });

  it("sends its copies anew when the moment changes after they went, even there and back", () => {
    const world = worldAt("embargoed");
    world.moveTo("2021-08-06T09:00:00.000Z");
    const later = "2021-08-31T23:01:00.000Z";
    world.tell(chief, { type: "ChangeEmbargo", publishAt: later, reason });
    world.tell(chief, { type: "ChangeEmbargo", publishAt: publicationMoment, reason });
    world.settle();
    const sent = () => typesIn(world).filter((type) => type === "EmbargoedCopiesSent");
    expect(sent()).toHaveLength(2);
    const keys = new Set(world.owed().map(({ key }) => key));
    expect(keys).toContain(`publish/${publicationMoment}`);
    world.moveTo("2021-08-20T09:00:00.000Z");
    expect(sent()).toHaveLength(2);
  });

  it("publishes late, not early, when the inspection was postponed across the moment", () => {
    const world = worldAt("embargoed");
    world.tell(head, { type: "PostponeInspection", reason });
    world.moveTo("2021-08-20T09:00:00.000Z");
    expect(typesIn(world)).not.toContain("ReportPublished");
    world.tell(head, { type: "ResumeInspection" });
    world.settle();
    expect(last(world)).toMatchObject({
      type: "ReportPublished",
      at: "2021-08-20T09:00:00.000Z",
      publishAt: publicationMoment,
    });
  });

  it("is set again after the signature was withdrawn and given anew", () => {
    const world = worldAt("embargoed");
    world.tell(chief, { type: "WithdrawSignOff", reason });
    world.moveTo("2021-08-12T09:00:00.000Z");
    expect(typesIn(world)).not.toContain("ReportPublished");
    world.tell(chief, { type: "SignOffReport" });
    embargo(world, "2021-08-17T23:01:00.000Z");
    world.moveTo("2021-08-18T09:00:00.000Z");
    expect(typesIn(world)).toContain("ReportPublished");
  });
});

describe("a correction", () => {
  it("is a new version beside the old one, and needs something new", () => {
    const world = worldAt("published");
    world.tell(lead, redraft);
    const [issued] = world.tell(chief, correct);
    expect(issued).toMatchObject({ type: "CorrectionIssued", version: 2, conclusion: 1 });
    const again = world.ask(chief, { ...correct, why: "The date was wrong as well." });
    expect(again).toMatchObject({ refusal: { reason: "NothingChanged" } });
  });

  it("is owed when the panel has concluded other ratings since", () => {
    const world = worldAt("closed");
    world.tell(head, reconvene);
    const consider = { type: "ConsiderStandard", standard: "3.1", present: panelMembers } as const;
    world.tell(chair, consider);
    const moved = { standard: "3.1", to: "Good", present: panelMembers, reason } as const;
    world.tell(chair, { type: "ExerciseDiscretion", ...moved });
    world.tell(chair, { type: "ConcludePanel", present: panelMembers });
    expect(world.owed().map(({ key }) => key)).toContain("correct/2");
    const [issued] = world.tell(chief, correct);
    expect(issued).toMatchObject({ version: 2, conclusion: 2 });
    expect(world.owed().map(({ key }) => key)).not.toContain("correct/2");
  });
});

/** What Assay itself erases, years later, is still to come. */
const owedByPeople = (world: World) => world.owed().filter(({ owner }) => owner !== "system");

describe("after publication", () => {
  it("the action plan is owed in fifteen working days, may be returned, and closes all", () => {
    const world = worldAt("published");
    expect(owedByPeople(world)).toMatchObject([
      { key: "action-plan", due: "2021-09-01T22:59:00.000Z" },
    ]);
    const planned = worldAt("planned");
    planned.tell(lead, { type: "ReturnActionPlan", reason });
    expect(owedByPeople(planned).map(({ key }) => key)).toEqual(["action-plan"]);
    expect(owedByPeople(worldAt("closed"))).toEqual([]);
  });

  it("recommendations are followed, also when nothing else is owed any more", () => {
    const world = worldAt("closed");
    const track = { type: "TrackRecommendation", number: 1, status: "done" } as const;
    expect(world.tell(provider, track)).toHaveLength(1);
  });

  it("what the service says is released by the lead, who owes that until it is done", () => {
    const world = worldAt("closed");
    const track = { type: "TrackRecommendation", number: 1, status: "in-progress" } as const;
    const release = { type: "ReleaseProgress", number: 1 } as const;
    world.tell(lead, track);
    expect(owedByPeople(world)).toEqual([]);
    const nothing = { refusal: { reason: "NothingToRelease" } };
    expect(world.ask(lead, release)).toMatchObject(nothing);
    world.tell(provider, { ...track, status: "done" });
    expect(owedByPeople(world)).toMatchObject([{ owner: "lead-inspector", due: undefined }]);
    expect(world.ask(lead, { ...release, number: 2 })).toMatchObject(nothing);
    expect(world.ask(provider, release)).toMatchObject({ refusal: { reason: "NotPermitted" } });
    expect(world.tell(lead, release)).toMatchObject([{ type: "ProgressReleased", number: 1 }]);
    expect(owedByPeople(world)).toEqual([]);
    world.tell(provider, { ...track, note: "Once more." });
    expect(world.tell(lead, release)).toHaveLength(1);
  });
});

describe("the duties of a report", () => {
  it("name who owes what by when", () => {
    const owedAt = (stage: Parameters<typeof worldAt>[0]) =>
      worldAt(stage)
        .owed()
        .map(({ key, owner, due }) => `${key} ${owner} ${due ?? "-"}`);
    expect(owedAt("concluded").at(-1)).toBe("send-draft lead-inspector 2021-06-21T22:59:00.000Z");
    expect(owedAt("settled")).toEqual(["sign-off chief-inspector 2021-08-02T22:59:00.000Z"]);
    expect(owedAt("signed")).toEqual(["set-embargo publications-officer 2021-08-04T22:59:00.000Z"]);
    expect(officer.role).toBe("publications-officer");
  });
});
