/** The report on its way to the public: its sections, what is still missing, comments, sign-off. */
import type { AnyFact } from "@assay/domain/facts.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { Section } from "@assay/domain/publication/events.ts";
import { accuracyRoundOf } from "@assay/report/accuracy.ts";

import { recordedIn, reviewIn } from "../reading/drafts.ts";
import { factOf } from "../reading/held.ts";
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
  const review = marksBlind(visit.viewer, held) ? undefined : reviewIn(events);
  const suggested = new Map(review?.suggestions.map((each) => [each.section, each.markdown]));
  const { publication, panel } = held;
  const report = reportText(facts);
  const domains = panel.briefing.framework?.domains.map(({ number }) => `domain-${number}`) ?? [];
  return visit.render({
    view: "report",
    title: `Report – ${framed.head.service}`,
    model: {
      ...framed,
      now: visit.now,
      phase: publication.phase.value,
      concluded: panel.concluded.length > 0,
      report,
      findings: review?.findings,
      changes: accuracyRoundOf(recordedIn(events)).changes,
      sections: Section.options
        .filter((section) => !section.startsWith("domain-") || domains.includes(section))
        .map((section) => ({
          section,
          markdown: report.sections.find((each) => each.section === section)?.markdown ?? "",
          suggestion: suggested.get(section),
        })),
      nextNumber: Math.max(0, ...report.recommendations.map(({ number }) => number)) + 1,
      owed: owedFor(held, visit.now).filter(({ step }) => step === "publication"),
      comments: unanswered(facts),
      standards: panel.concluded.map(({ standard }) => standard),
      publishAt: publication.publishAt,
      plan: facts.findLast((fact) => fact.type === "ActionPlanReceived"),
    },
  });
};

/** The report's words as they now read, without recommendations that were withdrawn. */
export const reportText = (facts: readonly AnyFact[]) => {
  const sections = new Map<string, string>();
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

const unanswered = (facts: readonly AnyFact[]) =>
  facts.flatMap((fact) => {
    if (fact.type !== "CommentReceived") return [];
    const done = facts.some(
      (each) => each.type === "CommentAnswered" && each.comment === fact.comment,
    );
    const { comment, section } = fact;
    return [{ comment, section, done, words: words(fact.text)?.comment ?? "[erased]" }];
  });
