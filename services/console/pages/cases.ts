/** The sampled cases of an inspection, and one of them with every judgement ever made on it. */
import { ErasureGround } from "@assay/domain/announcement/erasure/events.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { CaseId } from "@assay/domain/kernel/ids.ts";

import { redirect } from "../http/answer.ts";
import { caseLines } from "../reading/cases.ts";
import { answersTold, caseFacts, listedCase, questionsOf } from "../reading/dossiers.ts";
import type { Held } from "../reading/held.ts";
import { isBlind, isStaff, maySeeCases } from "../reading/viewer.ts";
import { personName, plain } from "../wording/names.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { type Action, choices, offered, reason } from "./actions.ts";
import { type Problem, taking, withModel } from "./forms.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";

export const casesPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "cases");
  return visit.render({
    view: "cases",
    title: `Cases – ${framed.head.service}`,
    model: {
      ...framed,
      cases: caseLines(held, visit.viewer),
      now: visit.now,
      actions: caseActions(visit, held),
    },
  });
};

/** Cases that are nobody's yet, dealt out in turn among those who assess; each is a command. */
export const takeCases: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (form.value("_form") !== "AllocateCase-evenly") return taking(casesPage)(visit);
  const held = await inspectionIn(visit);
  const { actor } = signedIn(visit);
  const people = form.values("to");
  const free = unallocated(held);
  const problems: Problem[] =
    people.length === 0 ? [{ text: "Choose who assesses", href: "#AllocateCase-evenly-to" }] : [];
  for (const [place, id] of people.length === 0 ? [] : free.entries()) {
    const sent = await visit.send({
      id: uuidFrom(`${form.value("_command")}/${id}`),
      by: actor,
      correlationId: visit.asked.correlationId,
      command: {
        type: "AllocateCase",
        inspection: held.inspection,
        case: id,
        to: people[place % people.length],
      },
    });
    if (sent.outcome === "answered" && !sent.reply.accepted)
      problems.push({
        text: `${id}: ${refusalInWords(sent.reply.refusal)}`,
        href: "#form-AllocateCase-evenly",
      });
  }
  if (problems.length === 0) return redirect(`${visit.asked.path}?done=AllocateCase`);
  return casesPage(
    withModel(visit, { problems, typed: form.value, status: 422, failed: "AllocateCase-evenly" }),
  );
};

const unallocated = ({ fieldwork }: Held): readonly CaseId[] =>
  [...fieldwork.briefing.sample.keys()].filter((id) => !fieldwork.allocation.has(id));

const caseActions = ({ viewer, now }: Visit, held: Held): readonly Action[] => {
  const { fieldwork } = held;
  const { team } = fieldwork.briefing;
  const free = unallocated(held);
  const done = [...fieldwork.files].filter(
    ([, { status, second }]) => ["completed", "confirmed"].includes(status) && !second,
  );
  const assessors = team.map(({ person, role }) => ({
    value: person,
    text: personName(person),
    checked: role !== "lead-inspector",
  }));
  return offered({ held, now }, viewer, [
    {
      type: "AllocateCase",
      id: "evenly",
      title: `Allocate the ${free.length} cases that are nobody’s yet`,
      about: "They are dealt out in turn. Each can be given to somebody else afterwards.",
      button: "Allocate evenly",
      first: true,
      fields: [{ kind: "boxes", name: "to", label: "Among", options: assessors }],
    },
    done.length > 0 && {
      type: "AssignSecondMarking",
      title: "Have a case marked a second time",
      about: "The second marker does not see the first marking before they have finished.",
      button: "Assign the second marking",
      fields: [
        {
          kind: "select",
          name: "case",
          label: "Case",
          options: choices(
            done.map(([id]) => id),
            String,
          ),
        },
        {
          kind: "select",
          name: "to",
          label: "Second marker",
          options: [
            ...(viewer.kind === "person" ? [{ value: viewer.actor.id, text: "Me" }] : []),
            ...team.map(({ person }) => ({ value: person, text: personName(person) })),
          ],
        },
      ],
    },
  ]);
};

export const myCasesPage: Handle = async (visit) => {
  const { actor } = signedIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const all = [...(await visit.library.all()).values()];
  const mine = all.flatMap((held) =>
    caseLines(held, visit.viewer)
      .filter(({ assessor, second }) => assessor === actor.id || second === actor.id)
      .map((line) => ({
        ...line,
        inspection: held.inspection,
        service: held.announcement.briefing.service?.name ?? held.inspection,
        due: held.announcement.briefing.timetable?.fieldworkEnd,
      })),
  );
  const open = mine.filter(({ status }) => status !== "confirmed" && status !== "completed");
  return visit.render({
    view: "my-cases",
    title: "My cases",
    model: { open, done: mine.filter((line) => !open.includes(line)), now: visit.now, wide: true },
  });
};

/** The case that the path names. */
export const caseIn = (visit: Visit, held: Held): CaseId => {
  const parsed = CaseId.safeParse(visit.parts["case"]);
  const known = parsed.success && held.announcement.cases.has(parsed.data);
  if (!parsed.success || !known || !isStaff(visit.viewer)) throw new NotFound();
  return parsed.data;
};

export const casePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  const id = caseIn(visit, held);
  const framed = frame(held, visit.viewer, "cases");
  const facts = caseFacts(await visit.library.events(held), id);
  const listed = listedCase(held, id);
  /** Whoever plans sees whose the case is, and nothing that was said of the child. */
  const mayKnow = maySeeCases(visit.viewer, held);
  const blind = isBlind(visit.viewer, held, id) || !mayKnow;
  const file = held.fieldwork.files.get(id);
  return visit.render({
    view: "case",
    title: `Case ${id} – ${framed.head.service}`,
    model: {
      ...framed,
      crumbs: [...framed.crumbs, { text: "Cases", href: `${framed.base}/cases` }],
      id,
      blind,
      file: blind ? undefined : file,
      listed,
      identifying: listed && mayKnow && words(listed.text),
      sampled: held.fieldwork.briefing.sample.get(id),
      assessor: held.fieldwork.allocation.get(id),
      actions: oneCaseActions(visit, held, id),
      standards: blind ? [] : questionsOf(held, id, answersTold(facts)),
      marks: blind ? [] : facts.filter(({ type }) => !/Judgement/.test(type)).map(markInWords),
    },
  });
};

const oneCaseActions = ({ viewer, now }: Visit, held: Held, id: CaseId): readonly Action[] => {
  const { fieldwork } = held;
  const assessor = fieldwork.allocation.get(id);
  const others = fieldwork.briefing.team.filter(({ person }) => person !== assessor);
  return offered({ held, now }, viewer, [
    {
      type: "ConfirmAssessment",
      subject: { case: id },
      title: "Confirm the assessment",
      about: "The lead stands behind every judgement in it.",
      button: "Confirm the assessment",
      first: true,
      fields: [],
    },
    {
      type: "ReviewAssessment",
      subject: { case: id },
      title: "Look at the assessment and leave it as it is",
      button: "I have looked at it",
      fields: [reason("Note", "note")],
    },
    {
      type: "ReturnAssessment",
      subject: { case: id },
      title: "Return it to the assessor",
      button: "Return the assessment",
      fields: [reason("What is to be looked at again")],
    },
    {
      type: "ReopenAssessment",
      subject: { case: id },
      title: "Open the assessment again",
      button: "Open it again",
      fields: [reason()],
    },
    others.length > 0 && {
      type: "AllocateCase",
      subject: { case: id },
      title: assessor ? "Give the case to somebody else" : "Allocate the case",
      button: "Allocate the case",
      fields: [
        {
          kind: "select",
          name: "to",
          label: "To",
          options: choices(
            others.map(({ person }) => person),
            personName,
          ),
        },
        ...(assessor ? [reason()] : []),
      ],
    },
    erasing(id),
  ]);
};

const erasing = (id: CaseId): Action => ({
  type: "EraseCase",
  title: "Erase what was written about this case",
  about:
    "Every word about it is destroyed for ever, its row in the case list included. What was " +
    "judged stays, without its words.",
  button: "Erase the words",
  grave: true,
  hidden: { of: id },
  fields: [
    {
      kind: "select",
      name: "ground",
      label: "Ground in law",
      options: choices(ErasureGround.options, plain),
    },
    reason(),
  ],
});

export const markInWords = (fact: ReturnType<typeof caseFacts>[number]) => {
  const said = "text" in fact ? words<object>(fact.text) : undefined;
  const note = said && Object.values(said).find((value) => typeof value === "string");
  return { type: fact.type, at: fact.at, by: fact.by.id, note };
};
