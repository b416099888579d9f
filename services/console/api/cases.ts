/** The API on the sample and its cases: the draw, who has which, one with every answer. */
import { answersIn } from "@assay/domain/briefing/case-file.ts";
import { ReplacementReason } from "@assay/domain/announcement/events.ts";
import { certificateIn } from "@assay/domain/audit/recompute.ts";
import { Answer, ScopeRecorded } from "@assay/domain/fieldwork/assessment/events.ts";
import { CaseProfile, Population } from "@assay/domain/framework/case-profile.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { CaseId, Digest, InspectionId, PersonId } from "@assay/domain/kernel/ids.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { AnyCertificate } from "@assay/domain/sampling/certificate-format-1.ts";
import { z } from "zod";

import { caseIn, markInWords } from "../pages/cases.ts";
import { inspectionIn, signedIn } from "../pages/page.ts";
import { type CaseLine, caseLines, lineFor } from "../reading/cases.ts";
import { answersTold, caseFacts, listedCase, questionsOf, type Told } from "../reading/dossiers.ts";
import { factOf, type Held } from "../reading/held.ts";
import { possibleTo } from "../reading/possible.ts";
import { isBlind, maySeeCases } from "../reading/viewer.ts";
import { arrayOf, count, moment, Possible, text, yesOrNo } from "./answers.ts";
import { type Endpoint, lists, reads } from "./endpoint.ts";

const Replacement = z.strictObject({
  case: CaseId,
  replacement: CaseId.nullable().describe("Null: no reserve was left."),
  reason: ReplacementReason,
  note: text.nullable(),
  at: Instant,
  by: PersonId,
});

const Sample = z.strictObject({
  listed: count.describe("Rows of the case list."),
  commitment: Digest.nullable(),
  certificate: AnyCertificate.nullable().describe("With it and the list anybody draws again."),
  replacements: arrayOf(Replacement),
});

const Line = z.strictObject({
  case: CaseId,
  population: Population,
  kind: text.describe("What kind of case it is, by its place in the populations."),
  assessor: PersonId.optional(),
  status: z.enum(["not-begun", "open", "completed", "returned", "confirmed", "reopened"]),
  answered: count,
  relevant: count,
  noes: count.optional().describe("Not to whoever plans, or still marks the case blind."),
  flags: count.optional(),
  second: PersonId.optional(),
  secondDone: yesOrNo.optional(),
});

const Given = z.strictObject({
  at: moment,
  by: text,
  answer: text,
  rationale: text.optional(),
  evidence: arrayOf(text),
  reason: text.optional(),
});

const asked = {
  code: text,
  label: text,
  answer: Answer.optional(),
  told: arrayOf(Given).describe("Every answer ever given, the first first."),
} as const;

const Question = z.strictObject({
  ...asked,
  relevant: yesOrNo.optional(),
  because: text.optional(),
  prompts: arrayOf(z.strictObject({ ...asked, whereApplicable: yesOrNo })),
});

const Case = z.strictObject({
  case: CaseId,
  sampled: Line.nullable(),
  profile: CaseProfile.nullable(),
  words: z
    .record(text, text)
    .nullable()
    .describe("To those who may read cases, until they are erased."),
  marking: z
    .enum(["first", "second", "none"])
    .describe("Whose answers follow; none to those who may not read cases."),
  scope: ScopeRecorded.shape.scope.nullable(),
  tallies: z.record(text, text).describe("Answers to the questions that rate nothing."),
  standards: arrayOf(z.strictObject({ code: text, name: text, questions: arrayOf(Question) })),
  possible: Possible,
  marks: arrayOf(z.strictObject({ type: text, at: Instant, by: PersonId, note: text.optional() })),
});

const base = "/inspections/:inspection";

export const ofCases: readonly Endpoint[] = [
  reads(
    `${base}/sample`,
    { summary: "The draw with its certificate, and what was replaced", answer: Sample },
    async (visit) => {
      const held = await inspectionIn(visit);
      const facts = (await visit.library.events(held)).map(factOf);
      const { cases, commitment = null } = held.announcement;
      return {
        listed: cases.size,
        commitment,
        certificate: certificateIn(facts, held.inspection) ?? null,
        replacements: facts.flatMap((fact) =>
          fact.type === "CaseReplaced" || fact.type === "CaseWithdrawn"
            ? [
                {
                  case: fact.case,
                  replacement: fact.type === "CaseReplaced" ? fact.replacement : null,
                  reason: fact.reason,
                  note: words(fact.text)?.note ?? null,
                  at: fact.at,
                  by: fact.by.id,
                },
              ]
            : [],
        ),
      };
    },
  ),
  lists(
    `${base}/cases`,
    {
      summary: "Every sampled case: whose it is and how far it has come",
      name: "cases",
      item: Line,
    },
    async (visit) => caseLines(await inspectionIn(visit), visit.viewer).map(lineTold),
  ),
  reads(
    `${base}/cases/:case`,
    {
      summary: "One case: its profile, every answer to every question, what you may do",
      answer: Case,
    },
    async (visit) => {
      const held = await inspectionIn(visit);
      const id = caseIn(visit, held);
      const { viewer } = visit;
      const mayKnow = maySeeCases(viewer, held);
      const blind = isBlind(viewer, held, id);
      const facts = caseFacts(await visit.library.events(held), id);
      const file = held.fieldwork.files.get(id);
      const listed = listedCase(held, id);
      const line = caseLines(held, viewer).find((each) => each.id === id);
      return {
        case: id,
        sampled: line ? lineTold(line) : null,
        profile: listed?.profile ?? null,
        words: (mayKnow && listed && words(listed.text)) || null,
        marking: !mayKnow ? ("none" as const) : blind ? ("second" as const) : ("first" as const),
        scope: (mayKnow && file?.scope) || null,
        tallies: mayKnow && !blind ? Object.fromEntries(file?.tallies ?? []) : {},
        possible: possibleTo(viewer, { held }, { at: visit.now, case: id }),
        standards: mayKnow ? standardsTold(held, id, blind ? undefined : answersTold(facts)) : [],
        marks:
          mayKnow && !blind
            ? facts.filter(({ type }) => !type.includes("Judgement")).map(markInWords)
            : [],
      };
    },
  ),
  lists(
    "/my-cases",
    {
      summary: "The cases that are yours, over all inspections",
      name: "cases",
      item: Line.extend({ inspection: InspectionId, due: Day.optional() }),
    },
    async (visit) => {
      const { actor } = signedIn(visit);
      return (await visit.library.casesOf(actor.id)).flatMap(({ held, lines }) =>
        lines.map((line) => ({
          ...lineTold(lineFor(line, held, visit.viewer)),
          inspection: held.inspection,
          due: held.timetable?.fieldworkEnd,
        })),
      );
    },
  ),
];

const lineTold = ({ id, ...line }: CaseLine) => ({ case: id, ...line });

type First = ReadonlyMap<string, readonly Told[]>;

/** With the first marking's answers; where they may not be known, the second's alone. */
const standardsTold = (held: Held, id: CaseId, first: First | undefined) => {
  const file = held.fieldwork.files.get(id);
  const answers = answersIn(first ? file : file?.second);
  const own = (code: string) => ({
    answer: answers.get(code)?.answer,
    told: first?.get(code) ?? [],
  });
  return questionsOf(held, id, new Map()).map((standard) => ({
    ...standard,
    questions: standard.questions.map(({ code, label, relevant, because, prompts }) => ({
      ...{ code, label, relevant, because, ...own(code) },
      prompts: prompts.map(({ code: prompt, label: about, whereApplicable }) => ({
        ...{ code: prompt, label: about, whereApplicable, ...own(prompt) },
      })),
    })),
  }));
};
