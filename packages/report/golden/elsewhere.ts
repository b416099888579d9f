/**
 * The hand-made histories under made-up frameworks of other inspectorates: one with three
 * populations of visits, and one that samples nothing and gives no overall rating.
 */
import type { PopulationSettings } from "@assay/domain/framework/case-list-settings.ts";
import { type Framework, FrameworkDocument } from "@assay/domain/framework/document.ts";
import type { Standard } from "@assay/domain/framework/standard.ts";
import { documentDigest } from "@assay/domain/framework/versions.ts";
import { yos2018 } from "@assay/domain/framework/shipped.ts";
import type { PanelEvent } from "@assay/domain/panel/events.ts";

import type { Recorded } from "../recorded.ts";
import { storyOf } from "./story.ts";

const grades: Readonly<Record<string, string>> = {
  Inadequate: "Weak",
  "Requires improvement": "Fair",
  Good: "Sound",
  Outstanding: "Superb",
};

/** The same facts with this framework's grades in them. */
const regraded = <Value>(value: Value): Value =>
  JSON.parse(
    JSON.stringify(value).replaceAll(
      /"(Inadequate|Requires improvement|Good|Outstanding)"/g,
      (_, grade: string) => `"${grades[grade]!}"`,
    ),
  ) as Value;

const populationOf: Readonly<Record<string, string>> = { court: "home", outOfCourt: "ward" };

const renamed = (standard: Standard): Standard => {
  const { characteristics: _, appliesWhere: __, ...kept } = standard;
  return {
    ...kept,
    label: `Standard ${standard.code}`,
    keyQuestions: standard.keyQuestions.map((question) =>
      question.judged === "by-people"
        ? { ...question, label: `question ${question.code}` }
        : {
            ...question,
            label: `Question ${question.code}`,
            name: `question${question.code.replaceAll(".", "")}`,
            population: populationOf[question.population]!,
            relevance: { due: false },
            prompts: question.prompts.map((prompt) => ({
              ...prompt,
              label: `Prompt ${prompt.code}`,
            })),
          },
    ),
  } as Standard;
};

const noun = (one: string, many = `${one}s`) => ({ one, many });

const visits = (name: string, size: PopulationSettings["size"]): PopulationSettings => ({
  name,
  label: `Visits: ${name}`,
  words: { case: noun(`${name} visit`), person: noun("resident") },
  where: { name: "kind", equals: name },
  size,
  windows: [{ from: 2, to: 8 }],
  balancedOn: ["kind"],
  reservesPercent: 20,
});

const size = { by: "confidence", z: 1.2816, zOrigin: "80%, two-sided", margin: 0.05, p: 0.5 } as const;

export const inspectedHomes: Framework = FrameworkDocument.parse({
  ...regraded(yos2018),
  id: "homes-2030",
  label: "Homes and wards, 2030",
  authority: { name: "The care inspectorate", office: "Head of care" },
  words: {
    service: noun("care home"),
    case: noun("visit"),
    person: noun("resident"),
    worker: noun("nurse"),
  },
  ruleset: { ...yos2018.ruleset, id: "homes-rules-1" },
  columns: [
    {
      name: "ref",
      label: "Reference",
      type: { kind: "text", most: 100 },
      purpose: "reference",
    },
    {
      name: "kind",
      label: "Kind of visit",
      type: {
        kind: "choice",
        values: ["home", "ward", "telephone"].map((value) => ({ value, label: value })),
      },
    },
    { name: "day", label: "Day", type: { kind: "day" }, purpose: "day" },
  ],
  caseFacts: [],
  caseTallies: [],
  populations: [
    visits("home", { ...size, floor: 14, ceiling: 91 }),
    visits("ward", { by: "everything" }),
    visits("telephone", { by: "ratio", to: "home", here: 1, there: 3, otherwise: size }),
  ],
  domains: yos2018.domains.map(({ number }) => ({ number, label: `Part ${number}` })),
  standards: yos2018.standards.map(renamed),
  letter: { subject: "Inspection of {service}", opening: [], offices: [{ id: "owner", label: "Owner", paragraphs: [] }], closing: [] },
  surveys: [{ id: "staff", label: "Survey of nurses" }],
  report: { ...yos2018.report, title: "An inspection of a care home" },
});

const { overall: _, ...withoutOverall } = inspectedHomes;
const { sample: __, ...timetable } = inspectedHomes.ruleset.timetable;

/** People judge everything, nothing is sampled, and there is no overall rating. */
export const inspectedByPeople: Framework = FrameworkDocument.parse({
  ...withoutOverall,
  id: "homes-by-people-2030",
  label: "Homes, judged by people, 2030",
  columns: [],
  populations: [],
  requests: [],
  ruleset: { ...inspectedHomes.ruleset, timetable },
  domains: inspectedHomes.domains.slice(0, 1),
  standards: inspectedHomes.standards.filter(({ judged }) => judged === "by-people"),
});

/** Written by people under the other framework, or asked by it alone. */
const theirs: ReadonlySet<string> = new Set([
  "RecommendationMade",
  "ContextualFactRecorded",
  "ClassificationJudged",
]);

/** An inspection of a care home from its scheduling to its publication. */
export const storyElsewhere = (framework: Framework): readonly Recorded[] => {
  const sections = Object.fromEntries(
    ["foreword", "executive-summary", "background", "contextual-facts"].map((id) => [id, "Text."]),
  );
  const domains = { "domain-1": "Text.", "domain-2": "Text.", "domain-3": "Text." };
  const story = storyOf("peterborough-2020", { sections: { ...sections, ...domains } });
  const told = story.slice(0, story.findIndex(({ event }) => event.type === "ReportPublished") + 1);
  return told
    .filter(({ event }) => !theirs.has(event.type))
    .filter(
      ({ stream }) => framework.populations.length > 0 || !stream.startsWith("assessment-"),
    )
    .flatMap((each): readonly Recorded[] => {
      const event = under(each.event, framework);
      return event ? [{ ...each, event }] : [];
    });
};

const under = (event: Recorded["event"], framework: Framework): Recorded["event"] | undefined => {
  switch (event.type) {
    case "InspectionScheduled":
      return { ...event, service: { id: event.service.id, name: "Rose House" }, reconstruction: undefined };
    case "InspectionAnnounced":
      return { ...event, framework: { digest: documentDigest(framework), version: framework } };
    case "CaseListSubmitted":
      return {
        ...event,
        cases: event.cases.map((row) => ({
          ...row,
          profile: { kind: row.profile["disposal"] === "referral-order" ? "home" : "ward" },
        })),
      };
    case "SampleDrawn": {
      if (framework.populations.length === 0) return undefined;
      const { court, outOfCourt } = event.draw.populations;
      const telephone = { ...outOfCourt!, eligible: 0, sample: [], reserves: [] };
      const populations = { home: court!, ward: outOfCourt!, telephone };
      return { ...event, draw: { ...event.draw, populations } };
    }
    case "RatingsConcluded":
      return concluded(event, framework);
    case "DiscretionExercised":
    case "DiscretionDeclined":
    case "PublishedRatingAdopted":
      return framework.populations.length === 0 ? undefined : regraded(event);
    default:
      return event;
  }
};

const concluded = (
  event: Extract<PanelEvent, { type: "RatingsConcluded" }>,
  framework: Framework,
): Recorded["event"] => {
  const codes = new Set(framework.standards.map(({ code }) => code));
  const told = regraded(event);
  const { overall, ...rest } = {
    ...told,
    standards: told.standards.filter(({ standard }) => codes.has(standard)),
  };
  return framework.overall && overall !== undefined ? { ...rest, overall } : rest;
};
