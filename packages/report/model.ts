/**
 * The report as data: everything that any form of it prints, from the recorded facts and nothing
 * else. It names no case and no person; words that were erased stand as "[erased]".
 */
import type { Framework } from "@assay/domain/framework/document.ts";
import type { Scale } from "@assay/domain/framework/scale.ts";
import { scaleNamed, standardIn } from "@assay/domain/framework/standards.ts";
import { outlineIn } from "@assay/domain/framework/outline.ts";
import { type Day, dayInEngland } from "@assay/domain/kernel/instants.ts";
import type { Reconstruction } from "@assay/domain/announcement/events.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { maxScoreOf } from "@assay/domain/ratings/overall.ts";
import type { Bands } from "@assay/domain/ratings/percent.ts";
import { aboutOf } from "./about.ts";
import { type Alerts, alertsIn } from "./alerts.ts";
import type { Inline } from "./document/blocks.ts";
import { cutAt, type Edition, type Recorded } from "./recorded.ts";
import { type EvidenceNamed, evidenceIn, filledIn } from "./references.ts";
import { type SampleFacts, sampleFactsOf } from "./sample-facts.ts";
import {
  type OverallResult,
  overallResultOf,
  type StandardResult,
  standardsOf,
} from "./results.ts";
import { type VersionNote, type Written, writtenOf } from "./written.ts";

export type ReportModel = Written & {
  /** The inspection's id, which is also the report's stable identifier. */
  readonly inspection: string;
  readonly service: { readonly id: string; readonly name: string };
  readonly title: string;
  readonly edition: "draft" | "embargoed" | "published";
  /** What a copy says of itself: until when it is held back, and whose it is. */
  readonly mark?: string;
  /** The version number of a published report; the one it would become, for a draft. */
  readonly version: number;
  /** Rising, up to and with this version; empty before publication. */
  readonly history: readonly VersionNote[];
  readonly dates: ReportDates;
  readonly framework: Framework & { readonly digest: string };
  /** Set where a published report is carried through; then nothing else is said of its cases. */
  readonly reconstruction: Reconstruction | undefined;
  readonly result: OverallResult;
  readonly standards: readonly StandardResult[];
  readonly sample: SampleFacts;
  /** Partners whose inspectors were on the team, and what they did. */
  readonly partners: Framework["partners"];
  readonly alerts: Alerts;
  /** What was logged as evidence; a text may refer to it. */
  readonly evidence: readonly EvidenceNamed[];
  /** What tables print of the answers, by the ruleset and by how many cases were assessed. */
  readonly printed: { readonly numbers: boolean; readonly percentages: boolean };
  /** Numbers of cases are known, and not their percentages alone. */
  readonly counts: boolean;
};

export type ReportDates = {
  readonly reference: Day;
  /** Undefined where a published report does not say. */
  readonly fieldworkStart: Day | undefined;
  readonly fieldworkEnd: Day | undefined;
  /** The panel's day. */
  readonly concluded: Day;
  /** The day of this version; undefined for a draft, and for a report published by others. */
  readonly published: Day | undefined;
};

/**
 * The model of an edition. Throws a ReportFault where the facts make no such edition: not
 * announced, not concluded, or a version that was never published.
 */
export const reportModelOf = (recorded: readonly Recorded[], edition: Edition): ReportModel => {
  const cut = cutAt(recorded, edition);
  const about = aboutOf(cut.facts);
  const { framework, service, timetable } = about;
  const written = inOutline(writtenOf(cut), framework);
  const sample = sampleFactsOf(cut.facts, about);
  const assessed = sample.populations.reduce((sum, each) => sum + each.assessed, 0);
  const counts = about.reconstruction?.counts ?? true;
  const model: ReportModel = {
    ...written,
    inspection: inspectionIn(recorded),
    service,
    title: `${framework.report.title}: ${service.name}`,
    edition: typeof edition === "number" ? "published" : edition,
    version: cut.issue?.version ?? written.history.length + 1,
    dates: {
      reference: about.referenceDate,
      fieldworkStart: timetable.fieldworkStart,
      fieldworkEnd: timetable.fieldworkEnd,
      concluded: dayInEngland(cut.conclusion.at),
      published: cut.issue && dayInEngland(cut.issue.at),
    },
    framework: { ...framework, digest: about.digest },
    reconstruction: about.reconstruction,
    result: overallResultOf(cut),
    standards: standardsOf(cut, about),
    sample,
    partners: framework.partners.filter(({ id }) =>
      about.briefing.team.some(({ partner }) => partner === id),
    ),
    alerts: alertsIn(cut.facts),
    evidence: evidenceIn(cut.facts),
    printed: counts
      ? printedOf(framework.ruleset.report, assessed)
      : { numbers: false, percentages: true },
    counts,
  };
  return filled(about.reconstruction ? asPublished(model, about.reconstruction) : model);
};

const printedOf = (
  { percentagesFromCases: from, countsBelowCases: below = from }: Framework["ruleset"]["report"],
  assessed: number,
): ReportModel["printed"] => ({ numbers: assessed < below, percentages: assessed >= from });

/** Whether anything of the answers on cases is printed. */
export const printsAnswers = ({ printed }: Pick<ReportModel, "printed">): boolean =>
  printed.numbers || printed.percentages;

/** What was made up to carry the report through is not told as if it had been published. */
const asPublished = (model: ReportModel, { fieldwork }: Reconstruction): ReportModel => ({
  ...model,
  dates: {
    ...model.dates,
    fieldworkStart: fieldwork?.start,
    fieldworkEnd: fieldwork?.end,
    published: undefined,
  },
  standards: model.standards.map((standard) => ({ ...standard, declined: undefined })),
  recommendations: [],
  points: [],
  tables: [],
  imprint: undefined,
  alerts: { raised: 0, answered: 0, closed: 0 },
  evidence: [],
  sample: {
    conduct: undefined,
    populations: [],
    interviews: 0,
    meetings: 0,
    documents: 0,
    surveys: [],
  },
});

/** With the references in reasons, recommendations and corrections filled in. */
const filled = (model: ReportModel): ReportModel => {
  const reasoned = <Given extends { readonly typed: string } | undefined>(given: Given): Given =>
    given && { ...given, reason: filledIn(model, given.typed) };
  const { result } = model;
  return {
    ...model,
    result: { ...result, decidedByHead: reasoned(result.decidedByHead) },
    standards: model.standards.map((standard) => ({
      ...standard,
      discretion: reasoned(standard.discretion),
      declined: reasoned(standard.declined),
    })),
    points: model.points.map((each) => ({ ...each, wording: filledIn(model, each.typed) })),
    recommendations: model.recommendations.map((each) => ({
      ...each,
      wording: filledIn(model, each.typed),
    })),
    history: model.history.map(({ correction, ...version }) => ({
      ...version,
      correction: correction && {
        ...correction,
        what: filledIn(model, correction.what),
        why: filledIn(model, correction.why),
      },
    })),
  };
};

/** A report is about one inspection, and every one of its streams says which. */
const inspectionIn = (recorded: readonly Recorded[]): string =>
  recorded.map(({ stream }) => inspectionOf(stream)).find((id) => id !== undefined) ?? "";

/** The day of version 1: a correction does not make a report a new one. */
export const firstPublished = ({
  history,
  dates,
}: Pick<ReportModel, "history" | "dates">): string => history.at(0)?.on ?? dates.concluded;

/** The standards of one domain, in order. */
export const standardsIn = (model: ReportModel, domain: number): readonly StandardResult[] =>
  model.standards.filter((standard) => standard.domain === domain);

/** The scale of a standard's rating. */
export const scaleIn = ({ framework }: Pick<ReportModel, "framework">, standard: string): Scale =>
  scaleNamed(framework, standardIn(framework, standard)?.scale ?? framework.scales[0]!.id);

/** The scale of the overall rating; the first scale where there is none. */
export const overallScale = ({ framework }: Pick<ReportModel, "framework">): Scale =>
  framework.overall ? scaleNamed(framework, framework.overall.scale) : framework.scales[0]!;

/**
 * The bands of the total score, where the overall rating is a sum of scores. Where standards are
 * not rated they are in proportion to what the others can score.
 */
export const totalBands = (model: Pick<ReportModel, "framework" | "result">): Bands | undefined => {
  const { overall } = model.framework;
  if (overall?.combine.by !== "sum") return undefined;
  const most = maxScoreOf(model.framework);
  const inProportion = (floor: number): number => Math.ceil((floor * model.result.maxScore) / most);
  return {
    scale: overallScale(model),
    bands: Object.fromEntries(
      Object.entries(overall.combine.bands).map(([grade, floor]) => [grade, inProportion(floor)]),
    ),
  };
};

/** The overall rating as it is shown, or undefined where the framework has none. */
export const overallInline = (
  model: Pick<ReportModel, "framework" | "result">,
): Inline | undefined =>
  model.framework.overall && {
    kind: "rating",
    rating: model.result.overall,
    scale: overallScale(model),
  };

/** The overall rating, or that there is none. */
export const verdictOf = (model: Pick<ReportModel, "framework" | "result">): readonly Inline[] => {
  const overall = overallInline(model);
  return overall ? [overall] : [{ kind: "text", text: "No overall rating" }];
};

/** The sections in the framework's order, whenever they were written. */
const inOutline = (written: Written, framework: Framework): Written => {
  const order = outlineIn(framework, framework.standards).map(({ id }) => id);
  const place = ({ section }: Written["sections"][number]): number => order.indexOf(section);
  return { ...written, sections: written.sections.toSorted((a, b) => place(a) - place(b)) };
};
