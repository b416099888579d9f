/** What inspectors and the panel judged in a story, from the published totals. */
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import type { CaseStandard } from "@assay/domain/framework/standard.ts";
import { caseRulesOf, caseStandards, populationOf } from "@assay/domain/framework/standards.ts";
import { yos2018 } from "@assay/domain/framework/shipped.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { overallOf, scoreOf } from "@assay/domain/ratings/overall.ts";
import { rateStandard } from "@assay/domain/ratings/rate.ts";

import { chair, type Example, type Notebook } from "./notebook.ts";

/** Where cases are fewer than a key question's prompts counted, the prompt is not applicable. */
const answersFor = (
  cases: readonly CaseId[],
  counted: { relevant: number; yes: number },
): ReadonlyMap<CaseId, "yes" | "no" | "not-applicable"> =>
  new Map(
    cases.map((id, i) => [
      id,
      i < counted.yes ? "yes" : i < counted.relevant ? "no" : "not-applicable",
    ]),
  );

type Assessing = {
  readonly id: string;
  readonly day: Day;
  readonly times: number;
  readonly court: readonly CaseId[];
  readonly outOfCourt: readonly CaseId[];
};

export const assess = (
  book: Notebook,
  example: Example,
  { id, day, times, ...samples }: Assessing,
): void => {
  const facts = new Map<CaseId, object[]>();
  const relevant = new Map<CaseId, string[]>();
  for (const standard of caseStandards(yos2018)) {
    const cases = samples[populationOf(standard) as "court" | "outOfCourt"];
    for (const { code, name, prompts } of standard.keyQuestions) {
      const counted = example.standards[standard.code]!.keyQuestions[name]!;
      const concerned = cases.slice(0, counted.relevant * times);
      const record = (question: string, answers: ReadonlyMap<CaseId, string>): void => {
        for (const [each, answer] of answers) {
          const fact = { type: "JudgementRecorded", case: each, question, answer, text: {} };
          facts.set(each, [...(facts.get(each) ?? []), fact]);
        }
      };
      for (const each of concerned) relevant.set(each, [...(relevant.get(each) ?? []), code]);
      prompts.forEach((prompt, i) => {
        const { yes = 0, relevant: of = counted.relevant } = counted.prompts[i] ?? { relevant: 0 };
        record(prompt.code, answersFor(concerned, { relevant: of * times, yes: yes * times }));
      });
      record(
        code,
        answersFor(concerned, { relevant: counted.relevant * times, yes: counted.yes * times }),
      );
    }
  }
  const scope = {
    facts: {
      inspectorRosh: "medium",
      inspectorSafety: "medium",
      childSafetyFactors: true,
      desistanceChanged: true,
      safetyChanged: true,
      harmChanged: true,
    },
    notDue: [],
  };
  for (const each of [...samples.court, ...samples.outOfCourt]) {
    book.write(
      `assessment-${id}.${each}`,
      AssessmentEvent,
      day,
      { id: "inspector", role: "inspector" },
      [
        {
          type: "ScopeRecorded",
          case: each,
          scope,
          relevant: relevant.get(each) ?? [],
          text: { rationale: "" },
        },
        {
          type: "ClassificationJudged",
          case: each,
          of: "rosh",
          answer: "Yes",
          text: { rationale: "" },
        },
        { type: "InterviewHeld", case: each, day, text: { note: "" } },
        ...(facts.get(each) ?? []),
        { type: "AssessmentCompleted", case: each, flags: [] },
        { type: "AssessmentConfirmed", case: each },
      ],
    );
  }
};

type Considering = {
  readonly standard: CaseStandard;
  readonly stream: string;
  readonly day: Day;
  readonly times: number;
  readonly present: readonly string[];
};

const considered = (
  book: Notebook,
  example: Example,
  { standard, stream, day, times, present }: Considering,
) => {
  const published = example.standards[standard.code]!;
  const counts = standard.keyQuestions.map(({ code, name }) => {
    const { relevant, yes } = published.keyQuestions[name]!;
    return { keyQuestion: code, relevant: relevant * times, yes: yes * times };
  });
  const board = rateStandard(standard, counts, caseRulesOf(yos2018, standard));
  const triggers = board.triggers.map(({ trigger }) => trigger);
  const moved = board.rule !== published.rating;
  const recorded = example.discretion[standard.code];
  if (moved) {
    const move = { standard: standard.code, from: board.rule, to: published.rating };
    const why = triggers.length > 0 ? triggers : ["small-sample"];
    book.write(stream, PanelEvent, day, chair, [
      recorded
        ? {
            type: "DiscretionExercised",
            ...move,
            triggers: why,
            present,
            text: { reason: "One further case showed sound work" },
          }
        : { type: "PublishedRatingAdopted", ...move, triggers: why },
    ]);
  } else if (triggers.length > 0) {
    book.write(stream, PanelEvent, day, chair, [
      {
        type: "DiscretionDeclined",
        standard: standard.code,
        rating: published.rating,
        triggers,
        present,
        text: { reason: "The other key questions agree with the rule" },
      },
    ]);
  }
  return {
    standard: standard.code,
    scored: true,
    decidedBy: moved ? (recorded ? "discretion" : "adopted") : "rule",
    keyQuestions: board.keyQuestions.map(({ keyQuestion, relevant, yes, percent }) => ({
      keyQuestion,
      relevant,
      yes,
      percent,
    })),
    rule: board.rule,
    rating: published.rating,
    score: scoreOf(published.rating, yos2018.scales[0]!),
    triggers,
  };
};

export const conclude = (
  book: Notebook,
  example: Example,
  id: string,
  day: Day,
  times: number,
): void => {
  const stream = `panel-${id}`;
  const present = ["chair", "m1", "m2"];
  const basis = book.basis();
  book.write(stream, PanelEvent, day, chair, [
    { type: "PanelConvened", chair: "chair", members: present, quorum: 3 },
  ]);
  const rated = caseStandards(yos2018).map((standard) =>
    considered(book, example, { standard, stream, day, times, present }),
  );
  const one = Object.entries(example.domainOne).map(([standard, rating]) => ({
    standard,
    scored: true,
    decidedBy: "panel",
    keyQuestions: [],
    rating,
    score: scoreOf(rating, yos2018.scales[0]!),
    triggers: [],
  }));
  const standards = [...one, ...rated];
  const ratings = Object.fromEntries(standards.map(({ standard, rating }) => [standard, rating]));
  const { score, maxScore, overall } = overallOf(yos2018, ratings);
  book.write(stream, PanelEvent, day, chair, [
    {
      type: "RatingsConcluded",
      framework: yos2018.id,
      rounding: "half-up",
      standards,
      score,
      maxScore,
      overall,
      present,
      basis,
    },
  ]);
};
