/**
 * Hand-made histories of the two example inspections, from their published totals, for the tests of
 * the report. Each fact is parsed by its schema, so that none of them could not be recorded.
 */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { type Timetable, timetableFor } from "@assay/domain/framework/timetable.ts";
import { knownById } from "@assay/domain/framework/versions.ts";
import { yos2018 } from "@assay/domain/framework/shipped.ts";
import { caseIdOf } from "@assay/domain/kernel/ids.ts";
import { addDays, addMonths, type Day } from "@assay/domain/kernel/instants.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { type Draw, drawSample } from "@assay/domain/sampling/draw.ts";
import { commitmentTo, Nonce } from "@assay/domain/sampling/stream.ts";

import type { Recorded } from "../recorded.ts";
import { assess, conclude } from "./judged.ts";
import {
  chief,
  type Example,
  exampleOf,
  lead,
  Notebook,
  type StoryId,
  system,
} from "./notebook.ts";

export type Choices = {
  /** Makes the service larger, so that tables print percentages. */
  readonly times?: number;
  readonly sections?: Readonly<Record<string, string>>;
};

const sections: Readonly<Record<string, string>> = {
  foreword:
    "This inspection looked at how well the service works with children. It found **committed " +
    "staff** who know the children well, and partners who work together.",
  "executive-summary":
    "We looked at the work with children sentenced by a court and at out-of-court disposals.\n\n" +
    "- Staff build good relationships with children.\n- Planning for the safety of other people " +
    "needs to be better.",
  background:
    "The service brings together the council, the police, health and probation. It supervises " +
    "children aged 10 to 18.",
  "contextual-facts": "The figures below describe the area and the service’s caseload.",
  "domain-1":
    "### Strengths\n\n- The board has a clear vision.\n- Staff are supported and well trained.\n\n" +
    "### Areas for improvement\n\n- The board needs better information about outcomes.\n\n" +
    "> I feel listened to here.\n> — a child\n\n" +
    "> [!EXAMPLE] Breakfast together\n> Staff and children cook.[^cook] It helps them to talk.\n\n" +
    "The board has read of it twice.[^board][^cook]\n\n" +
    "[^board]: Minutes of the board, *2020*.\n[^cook]: What staff told us.",
  "domain-2":
    "### Strengths\n\n- Assessments consider diversity.\n\n### Areas for improvement\n\n- Contingency planning.",
  "domain-3":
    "### Strengths\n\n- Joint working with the police.\n\n### Areas for improvement\n\n- Planning for safety.",
};

const known = knownById("yos-2018")!;

/** One inspection from its scheduling to its publication, with a correction after it. */
export const storyOf = (
  id: StoryId,
  { times = 1, ...choices }: Choices = {},
): readonly Recorded[] => {
  const example = exampleOf(id);
  const { start, end } = example.fieldwork;
  const timetable = timetableFor({ start, end }, yos2018);
  const book = new Notebook();
  const nonce = Nonce.parse("5".repeat(64));
  const rows = listOf(example, start, times);
  const draw = drawSample({
    rows,
    fieldworkStart: start,
    nonce,
    settings: yos2018,
    overrides: {
      court: { size: example.court.cases * times, reason: "the published sample" },
      outOfCourt: { size: example.outOfCourt.cases * times, reason: "the published sample" },
    },
  });
  announce(book, { example, id, timetable, rows, draw, nonce });
  const court = draw.populations["court"]!;
  const outOfCourt = draw.populations["outOfCourt"]!;
  assess(book, example, {
    id,
    day: start,
    times,
    court: court.sample,
    outOfCourt: outOfCourt.sample,
  });
  book.write(`fieldwork-${id}`, FieldworkEvent, start, lead, [
    { type: "FieldworkOpened" },
    {
      type: "EvidenceLogged",
      item: "board",
      kind: "meeting",
      keyQuestions: ["1.1.1"],
      text: { title: "Board", note: "" },
    },
    { type: "SurveyClosed", survey: "staff", invited: 20, responded: 14 },
    { type: "FieldworkClosed", cases: [...court.sample, ...outOfCourt.sample] },
  ]);
  conclude(book, example, id, timetable.panel, times);
  publish(book, example, id, { ...sections, ...choices.sections });
  return book.recorded;
};

type Announcing = {
  readonly example: Example;
  readonly id: string;
  readonly timetable: Timetable;
  readonly rows: ReturnType<typeof listOf>;
  readonly draw: Draw;
  readonly nonce: Nonce;
};

const announce = (
  book: Notebook,
  { example, id, timetable, rows, draw, nonce }: Announcing,
): void => {
  const inspection = `inspection-${id}`;
  book.write(inspection, InspectionEvent, addDays(timetable.announcement, -30), system, [
    {
      type: "InspectionScheduled",
      service: { id: id.replace(/-\d+$/, ""), name: example.service },
      framework: yos2018.id,
      timetable,
      team: [{ person: "lead", role: "lead-inspector" }],
    },
  ]);
  book.write(inspection, InspectionEvent, timetable.announcement, system, [
    {
      type: "InspectionAnnounced",
      referenceDate: timetable.announcement,
      framework: { digest: known.digest, version: known.document },
      commitment: commitmentTo(nonce),
      recipients: [{ office: "service-manager", text: { name: "Alex Manager" } }],
    },
    {
      type: "CaseListSubmitted",
      digest: draw.listDigest,
      columns: draw.settings.columns.map(({ name }) => name),
      cases: rows.map(({ ref, child, manager, ...profile }, i) => ({
        case: caseIdOf(i + 1),
        profile,
        text: { ref, child, manager },
      })),
    },
    { type: "SampleDrawn", draw },
    { type: "NonceRevealed", nonce },
    { type: "SampleNotified" },
  ]);
};

const listOf = (example: Example, start: Day, times: number) =>
  [
    ...Array.from({ length: example.court.cases * times + 4 }, () => "referral-order" as const),
    ...Array.from(
      { length: example.outOfCourt.cases * times + 3 },
      () => "youth-conditional-caution" as const,
    ),
  ].map((disposal, i) => ({
    ref: `YO-${1000 + i}`,
    child: `child ${i}`,
    manager: `m${i % 9}`,
    disposal,
    disposalDay: addMonths(start, disposal === "referral-order" ? -7 : -4),
    gender: "male" as const,
    ageBand: "14-15",
    ethnicity: "not recorded",
    rosh: "medium" as const,
    safety: "medium" as const,
    restricted: false,
    workStarted: true,
  }));

const written = (name: string, value: number, label: string, unit: string): object => ({
  type: "ContextualFactRecorded",
  name,
  label,
  value,
  unit,
  source: "Youth Justice Board case management return",
  asOf: "2020-03-31",
});

const figuresOf = (example: Example): readonly object[] => [
  written(
    "communitySentences",
    Number(example.caseload["communitySentences"]),
    "Community sentences",
    "cases",
  ),
  written("custody", Number(example.caseload["custody"]), "Children in custody", "cases"),
  written("reoffendingRate", 36.2, "Children who offend again", "%"),
  written("reoffendingRateNational", 38.1, "Children who offend again, England and Wales", "%"),
  written(
    "firstTimeEntrants",
    214,
    "Children new to the justice system, per 100,000",
    "per 100,000",
  ),
  written(
    "firstTimeEntrantsNational",
    207,
    "Children new to the justice system per 100,000, England and Wales",
    "per 100,000",
  ),
];

const recommendations: readonly object[] = [
  {
    type: "RecommendationMade",
    number: 1,
    addressee: "the management board",
    text: { wording: "Review the quality of planning in out-of-court disposals." },
  },
  {
    type: "RecommendationMade",
    number: 2,
    addressee: "the service manager",
    text: {
      wording:
        "Make sure that plans for keeping other people safe say what happens when things change.",
    },
  },
  {
    type: "RecommendationMade",
    number: 3,
    addressee: "the management board",
    text: { wording: "Ask for, and use, what children say about the service." },
  },
];

const publish = (
  book: Notebook,
  example: Example,
  id: string,
  texts: Readonly<Record<string, string>>,
): void => {
  const stream = `publication-${id}`;
  const day = addDays(example.fieldwork.end, 80);
  book.write(stream, PublicationEvent, day, lead, [
    ...Object.entries(texts).map(([section, markdown]) => ({
      type: "SectionDrafted",
      section,
      text: { markdown },
    })),
    ...figuresOf(example),
    ...recommendations,
  ]);
  book.write(stream, PublicationEvent, day, chief, [{ type: "ReportSignedOff", conclusion: 1 }]);
  const basis = book.basis();
  book.write(stream, PublicationEvent, day, system, [
    {
      type: "ReportPublished",
      version: 1,
      conclusion: 1,
      publishAt: `${day}T09:00:00.000Z`,
      basis,
    },
  ]);
  const later = addDays(day, 40);
  book.write(stream, PublicationEvent, later, lead, [
    written("custody", 5, "Children in custody", "cases"),
  ]);
  const corrected = book.basis();
  book.write(stream, PublicationEvent, later, chief, [
    {
      type: "CorrectionIssued",
      version: 2,
      conclusion: 1,
      basis: corrected,
      text: {
        what: "The number of children in custody is five.",
        why: "The first version printed the figure of another quarter.",
      },
    },
  ]);
};
