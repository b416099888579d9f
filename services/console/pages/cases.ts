/** The sampled cases of an inspection, and one of them with every judgement ever made on it. */
import { words } from "@assay/domain/kernel/fact.ts";
import { CaseId } from "@assay/domain/kernel/ids.ts";

import { caseForms, casesForms, unallocated } from "../forms/cases.ts";
import { takingSeveral } from "../forms/several.ts";
import { caseLines, lineFor } from "../reading/cases.ts";
import { answersTold, caseFacts, profileOf, questionsOf } from "../reading/dossiers.ts";
import type { Held } from "../reading/held.ts";
import { referenceFor } from "../reading/own-cases.ts";
import { serviceName } from "../reading/tracker.ts";
import { isBlind, isStaff, maySeeCases } from "../reading/viewer.ts";
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
      cases: caseLines(held, visit.viewer).map((line) => ({
        ...line,
        reference: referenceFor(visit.viewer, held, line.id),
      })),
      now: visit.now,
    },
    forms: { about: { held, now: visit.now }, at: { here: casesForms(visit.viewer, held) } },
  });
};

const confirming = takingSeveral(casesPage, {
  ...{ type: "ConfirmAssessment", id: "several", field: "case" },
  none: "Select the assessments that you have read",
  each: async (_, form) => form.values("case").map((id) => ({ name: id, said: { case: id } })),
});

/** Cases that are nobody's yet are dealt out in turn; assessments that were read are confirmed. */
export const takeCases: Handle = takingSeveral(
  casesPage,
  {
    ...{ type: "AllocateCase", id: "evenly", field: "to", none: "Choose who assesses" },
    each: async (visit, form) => {
      const people = form.values("to");
      return unallocated(await inspectionIn(visit)).map((id, place) => ({
        name: id,
        said: { case: id, to: people[place % people.length] },
      }));
    },
  },
  confirming,
);

export const myCasesPage: Handle = async (visit) => {
  const { actor } = signedIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const mine = (await visit.library.casesOf(actor.id)).flatMap(({ held, lines }) =>
    lines.map((line) => ({
      ...lineFor(line, held, visit.viewer),
      inspection: held.inspection,
      service: serviceName(held),
      due: held.timetable?.fieldworkEnd,
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
  /** Whoever plans sees whose the case is, and nothing that was said of anybody. */
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
      profile: profileOf(held, id, !mayKnow),
      reference: referenceFor(visit.viewer, held, id),
      sampled: held.fieldwork.briefing.sample.get(id),
      assessor: held.fieldwork.allocation.get(id),
      standards: blind ? [] : questionsOf(held, id, answersTold(facts)),
      marks: blind ? [] : facts.filter(({ type }) => !/Judgement/.test(type)).map(markInWords),
    },
    forms: { about: { held, now: visit.now }, at: { here: caseForms(held, id) } },
  });
};

export const markInWords = (fact: ReturnType<typeof caseFacts>[number]) => {
  const said = "text" in fact ? words<object>(fact.text) : undefined;
  const note = said && Object.values(said).find((value) => typeof value === "string");
  return { type: fact.type, at: fact.at, by: fact.by.id, note };
};
