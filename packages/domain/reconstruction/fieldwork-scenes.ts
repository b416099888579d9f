/** The story of fieldwork: allocation, evidence, every judgement on every case, the closing. */
import { timetableFor } from "../framework/timetable.ts";
import { applies, judgedAmong } from "../framework/standards.ts";
import { isPrompt } from "../kernel/codes.ts";
import { addDays, inEngland } from "../kernel/instants.ts";
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
  const { lead } = people;
  const days = timetableFor(plot.fieldwork, plot.framework);
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
            summary: plot.says.feedback,
          }),
          line(lead, { type: "CloseFieldwork" }),
        ],
      ],
    },
  ].map((scene) => (scene.lanes.length > 0 ? scene : { ...scene, lanes: [[]] }));
};

const secondMarking = (each: PlacedCase, { found, says }: Plot): readonly Line[] => {
  const { quality } = people;
  const { case: id } = each;
  return [
    line(quality, { type: "AssignSecondMarking", case: id, to: quality.id }),
    ...found(each)
      .answers.filter(({ question }) => !isPrompt(question))
      .map(({ question, answer }) => {
        const rationale = says.judged({ case: id, question, answer });
        return line(quality, {
          type: "RecordSecondJudgement",
          case: id,
          question,
          answer,
          rationale,
        });
      }),
    line(quality, { type: "CompleteSecondMarking", case: id }),
  ];
};

const assessment = (each: PlacedCase, plot: Plot): readonly Line[] => {
  const { framework, says, fieldwork } = plot;
  const { case: id, overall } = each;
  const by = assessorAt(overall);
  const { scope, answers } = plot.found(each);
  const interviewed = overall < plot.interviews;
  return [
    line(by, { type: "RecordScope", case: id, scope, rationale: says.judged({ case: id }) }),
    ...framework.caseTallies.map(({ name: of, answers: [answer] }) => {
      const rationale = says.judged({ case: id, question: of, answer });
      return line(by, { type: "JudgeClassification", case: id, of, answer: answer!, rationale });
    }),
    ...(interviewed
      ? [line(by, { type: "RecordInterview", case: id, day: fieldwork.start, note: "" })]
      : []),
    ...answers.map(({ question, answer }) =>
      line(by, {
        type: "RecordJudgement",
        case: id,
        question,
        answer,
        ...(answer === "no" && { rationale: says.judged({ case: id, question, answer }) }),
      }),
    ),
    line(by, { type: "CompleteAssessment", case: id }),
  ];
};

/** What people judge in this inspection, with the grade that they propose. */
const proposed = ({ framework, list, grades }: Plot) =>
  judgedAmong(
    framework,
    framework.standards.filter((standard) => applies(standard, list)),
  ).flatMap((judged) => {
    const rating = grades[judged.code];
    const whole = judged.code === judged.standard.code;
    const asked = judged.standard.keyQuestions.map(({ code }) => code);
    return rating ? [{ ...judged, rating, keyQuestions: whole ? asked : [judged.code] }] : [];
  });

const itemFor = (code: string) => `evidence-${code.toLowerCase().replaceAll(".", "-")}` as never;

const evidence = (plot: Plot): readonly Line[] =>
  proposed(plot).map(({ code, label, keyQuestions }) =>
    line(people.lead, {
      type: "LogEvidence",
      item: itemFor(code),
      kind: plot.framework.evidenceKinds[0]!.id,
      keyQuestions,
      title: `Evidence on ${label.toLowerCase()}`,
      note: plot.says.evidence(code),
    }),
  );

const proposals = (plot: Plot): readonly Line[] =>
  proposed(plot).map(({ code, rating }) =>
    line(people.lead, {
      type: "ProposeDomainOne",
      standard: code,
      rating,
      evidence: [itemFor(code)],
      rationale: plot.says.proposed(code),
    }),
  );
