/** The report on its way to the public: its sections, what is still missing, comments, sign-off. */
import { outlineOf } from "@assay/domain/briefing/inspection.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { Section } from "@assay/domain/publication/events.ts";

import { bodyIn } from "@assay/report/written.ts";
import { adviceOn } from "@assay/report/finding.ts";

import { bodyForms } from "../forms/report-body.ts";
import { excusing, reportForms } from "../forms/report.ts";
import { accuracyIn, reviewIn } from "../reading/drafts.ts";
import { factOf, type Held } from "../reading/held.ts";
import { owedFor } from "../reading/tracker.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

export const reportPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "report");
  const events = await visit.library.events(held);
  const facts = events.map(factOf);
  const { publication, panel } = held;
  const report = reportText(facts);
  const phase: string = publication.phase.value;
  const comments = commentsIn(facts);
  const review = marksBlind(visit.viewer, held) ? undefined : reviewIn(events);
  const findings = (review?.findings ?? []).map((each) => ({ ...each, advice: adviceOn(each) }));
  const sections = sectionsOf(held, report.sections);
  return visit.render({
    view: "report",
    title: `Report – ${framed.head.service}`,
    model: {
      framework: held.panel.briefing.framework,
      ...framed,
      now: visit.now,
      phase,
      concluded: panel.concluded.length > 0,
      report,
      findings,
      changes: accuracyIn(events).changes,
      sections,
      owed: owedFor(held, visit.now).filter(({ step }) => step === "publication"),
      comments,
      publishAt: publication.publishAt,
      copiesFrom: publication.copiesFrom,
      copiesSent: publication.copiesSent,
      version: publication.version,
      plan: facts.findLast((fact) => fact.type === "ActionPlanReceived"),
      progress: progressIn(facts, held),
    },
    forms: {
      about: { held, events, now: visit.now },
      at: {
        here: [
          ...reportForms(held, {
            excused: findings.filter(({ severity }) => severity === "excused").length,
            recommendations: report.recommendations,
            comments: comments
              .filter(({ done }) => !done)
              .map(({ comment, words: said }) => ({ comment, words: said })),
          }),
          ...bodyForms(held, bodyIn(facts)),
        ],
        ...Object.fromEntries(
          findings.flatMap(({ place, severity, excusable }, index) =>
            excusable && severity === "error"
              ? [[`excuse-${index + 1}`, [excusing({ place, excusable }, String(index + 1))]]]
              : [],
          ),
        ),
      },
    },
  });
};

/** The sections of a report by the pinned framework, in their order, each as it now reads. */
export const sectionsOf = (held: Held, written: ReturnType<typeof reportText>["sections"]) =>
  outlineOf(held.panel.briefing).map(({ id: section, ...outlined }) => ({
    section,
    ...outlined,
    ...writtenIn(written.find((each) => each.section === section)?.markdown ?? "", outlined),
  }));

const writtenIn = (markdown: string, { required }: { readonly required: boolean }) => ({
  markdown,
  state: markdown === "" ? (required ? "To write" : "If wanted") : "Written",
});

/** The report's words as they now read, without recommendations that were withdrawn. */
export const reportText = (facts: readonly AnyFact[]) => {
  const sections = new Map<Section, string>();
  const recommendations = new Map<number, { addressee: string; wording: string }>();
  for (const fact of facts) {
    if (fact.type === "SectionDrafted")
      sections.set(fact.section, words(fact.text)?.markdown ?? "[erased]");
    if (fact.type === "RecommendationMade") {
      const wording = words(fact.text)?.wording ?? "[erased]";
      recommendations.set(fact.number, { addressee: fact.addressee, wording });
    }
    if (fact.type === "RecommendationWithdrawn") recommendations.delete(fact.number);
  }
  return {
    sections: [...sections].map(([section, markdown]) => ({ section, markdown })),
    recommendations: [...recommendations].map(([number, rest]) => ({ number, ...rest })),
  };
};

/** What the service said about facts in the draft, and what it was told. */
export const commentsIn = (facts: readonly AnyFact[]) =>
  facts.flatMap((fact) => {
    if (fact.type !== "CommentReceived") return [];
    const answer = facts.findLast(
      (each) => each.type === "CommentAnswered" && each.comment === fact.comment,
    );
    return [
      {
        comment: fact.comment,
        section: fact.section,
        words: words(fact.text)?.comment ?? "[erased]",
        done: answer !== undefined,
        outcome: answer?.type === "CommentAnswered" ? answer.outcome : undefined,
        answer: answer?.type === "CommentAnswered" ? words(answer.text)?.answer : undefined,
      },
    ];
  });

/** What was said of recommendations, and whether the public has still to wait for it. */
const progressIn = (facts: readonly AnyFact[], { publication: { unreleased } }: Held) =>
  facts
    .filter((fact) => fact.type === "RecommendationTracked")
    .map(({ number, status, at, by, text }) => ({
      ...{ number, status, at, note: words(text)?.note ?? "[erased]" },
      waits: by.role === "provider-user" && at >= (unreleased.get(number) ?? "9999"),
    }));
