/** The story of fieldwork: allocation, evidence, every judgement on every case, the closing. */
import type { CaseId } from "../kernel/ids.ts";
import { addDays, inEngland } from "../kernel/instants.ts";
import { timetableFor } from "../framework/timetable.ts";
import { peopleStandards } from "../framework/standards.ts";
import { isPrompt } from "../kernel/codes.ts";
import { caseAt } from "./cases.ts";
import { sayingsOf } from "./sayings.ts";
import {
  assessorAt,
  type Line,
  line,
  people,
  type PlacedCase,
  type Plot,
  type Scene,
} from "./story.ts";

export const fieldworkScenes = (plot: Plot, cases: readonly PlacedCase[]): readonly Scene[] => {
  const { counts } = plot;
  const { lead, quality } = people;
  const days = timetableFor(plot.fieldwork, counts.framework);
  const marked = cases.filter(({ overall }) => overall % 10 === 0);
  return [
    {
      at: inEngland(addDays(days.fieldworkStart, -3), "14:00"),
      lanes: cases.map((each) => [
        line(lead, { type: "AllocateCase", case: each.case, to: assessorAt(each.overall).id }),
      ]),
    },
    {
      at: inEngland(days.fieldworkStart, "10:00"),
      lanes: [...cases.map((each) => assessment(each, plot)), evidence(plot)],
    },
    {
      at: inEngland(days.fieldworkEnd, "12:00"),
      lanes: [
        ...marked.map((each) => secondMarking(each, plot)),
        ...cases.map((each) => [line(lead, { type: "ConfirmAssessment", case: each.case })]),
      ],
    },
    {
      at: inEngland(days.fieldworkEnd, "16:00"),
      lanes: [
        [
          ...proposals(plot),
          line(lead, {
            type: "GiveInitialFeedback",
            day: days.fieldworkEnd,
            summary: "What was found, told to the service's managers.",
          }),
          line(lead, { type: "CloseFieldwork" }),
        ],
      ],
    },
  ].map((scene) => (scene.lanes.length > 0 ? scene : { ...scene, lanes: [[]] }));

  function secondMarking(each: PlacedCase, { counts: made }: Plot): readonly Line[] {
    const { answers } = caseAt(each.place, each.population, made);
    const { judged: rationale } = sayingsOf(plot);
    return [
      line(quality, { type: "AssignSecondMarking", case: each.case, to: quality.id }),
      ...answers
        .filter(({ question }) => !isPrompt(question))
        .map(({ question, answer }) =>
          line(quality, {
            type: "RecordSecondJudgement",
            case: each.case,
            question,
            answer,
            rationale,
          }),
        ),
      line(quality, { type: "CompleteSecondMarking", case: each.case }),
    ];
  }
};

const assessment = (each: PlacedCase, plot: Plot): readonly Line[] => {
  const { file, counts } = plot;
  const { judged: rationale } = sayingsOf(plot);
  const by = assessorAt(each.overall);
  const id: CaseId = each.case;
  const { scope, answers } = caseAt(each.place, each.population, counts);
  const interviewed = each.overall < (file.caseManagerInterviews ?? 0);
  return [
    line(by, { type: "RecordScope", case: id, scope, rationale }),
    ...counts.framework.caseTallies.map(({ name: of, answers: [answer] }) =>
      line(by, { type: "JudgeClassification", case: id, of, answer: answer!, rationale }),
    ),
    ...(interviewed
      ? [line(by, { type: "RecordInterview", case: id, day: plot.fieldwork.start, note: "" })]
      : []),
    ...answers.map(({ question, answer }) =>
      line(by, {
        type: "RecordJudgement",
        case: id,
        question,
        answer,
        ...(answer === "no" && { rationale }),
      }),
    ),
    line(by, { type: "CompleteAssessment", case: id }),
  ];
};

const proposed = ({ file, counts }: Plot) =>
  peopleStandards(counts.framework).flatMap((standard) => {
    const rating = file.domainOne[standard.code] ?? file.standards[standard.code]?.rating;
    return rating ? [{ standard, rating }] : [];
  });

const itemFor = (code: string) => `evidence-${code.replace(".", "-")}` as never;

const evidence = (plot: Plot): readonly Line[] =>
  proposed(plot).map(({ standard }) =>
    line(people.lead, {
      type: "LogEvidence",
      item: itemFor(standard.code),
      kind: "document",
      keyQuestions: standard.keyQuestions.map(({ code }) => code),
      title: `Evidence on ${standard.label.toLowerCase()}`,
      note: sayingsOf(plot).evidence,
    }),
  );

const proposals = (plot: Plot): readonly Line[] =>
  proposed(plot).map(({ standard, rating }) =>
    line(people.lead, {
      type: "ProposeDomainOne",
      standard: standard.code,
      rating,
      evidence: [itemFor(standard.code)],
      rationale: sayingsOf(plot).proposed,
    }),
  );
