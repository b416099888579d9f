/** A story's report: drafted, shared, settled, signed, embargoed, published, planned, closed. */
import type { Section } from "@assay/domain/publication/events.ts";

import { frameworkOf } from "./assessing.ts";
import { people } from "./people.ts";
import { publicationMoment, type Story } from "./story.ts";
import type { World } from "./world.ts";

export const sectionsIn = (story: Story): readonly Section[] => {
  const { domains, report } = frameworkOf(story);
  return [
    ...report.sections.map(({ id }) => id),
    ...domains.map(({ number }) => `domain-${number}`),
  ];
};

export const draft = (world: World, story: Story): void => {
  world.moveTo("2021-06-14T09:00:00.000Z");
  decideWithheld(world);
  for (const section of sectionsIn(story)) {
    world.tell(people.lead, { type: "DraftSection", section, markdown: `About ${section}.` });
  }
  world.tell(people.lead, {
    type: "RecordContextualFact",
    name: "caseload",
    label: "Children supervised",
    value: 120,
    unit: "children",
    source: "The service's own figures",
    asOf: "2021-04-12",
  });
  world.tell(people.lead, {
    type: "MakeRecommendation",
    number: 1,
    addressee: "The management board",
    wording: "Do better.",
  });
};

/** Where a standard is not rated, somebody has to say what the whole is. */
const decideWithheld = (world: World): void => {
  const concluded = world.facts("panel").findLast(({ type }) => type === "RatingsConcluded");
  if (concluded?.type !== "RatingsConcluded" || concluded.overall) return;
  const reason = "Domain three had no case.";
  world.tell(people.head, { type: "DecideOverall", overall: "Good", reason });
};

export const share = (world: World): void => {
  world.tell(people.lead, { type: "SendDraft" });
};

export const returnComments = (world: World): void => {
  world.moveTo("2021-06-21T09:00:00.000Z");
  world.tell(people.provider, { type: "ReturnComments" });
};

export const settle = (world: World): void => {
  world.tell(people.lead, { type: "CloseFactualAccuracy" });
};

export const sign = (world: World): void => {
  world.moveTo("2021-08-02T09:00:00.000Z");
  world.tell(people.chief, { type: "SignOffReport" });
};

export const embargo = (world: World, publishAt: string = publicationMoment): void => {
  world.tell(people.officer, {
    type: "SetEmbargo",
    publishAt,
    recipients: [{ body: "The ministry", name: "The minister" }],
  });
};

export const awaitPublication = (world: World): void => world.moveTo(publicationMoment);

export const submitPlan = (world: World): void => {
  world.moveTo("2021-08-20T09:00:00.000Z");
  world.tell(people.provider, {
    type: "SubmitActionPlan",
    actions: [{ recommendation: 1, due: "2021-12-01", action: "We shall." }],
  });
};

export const acceptPlan = (world: World): void => {
  world.tell(people.lead, { type: "AcceptActionPlan" });
};
