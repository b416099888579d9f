/** The sampled cases of an inspection, and one of them with every judgement ever made on it. */
import { words } from "@assay/domain/kernel/fact.ts";
import { CaseId } from "@assay/domain/kernel/ids.ts";

import { answersTold, caseFacts, listedCase, questionsOf } from "../reading/dossiers.ts";
import type { Held } from "../reading/held.ts";
import { isBlind, isStaff } from "../reading/viewer.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";

export const casesPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "cases");
  return visit.render({
    view: "cases",
    title: `Cases – ${framed.head.service}`,
    model: { ...framed, cases: caseLines(held), now: visit.now },
  });
};

export const myCasesPage: Handle = async (visit) => {
  const { actor } = signedIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const all = [...(await visit.library.all()).values()];
  const mine = all.flatMap((held) =>
    caseLines(held)
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

/** A line for each sampled case: whose it is and how far it has come. */
const caseLines = ({ fieldwork }: Held) =>
  [...fieldwork.briefing.sample.values()].map(({ case: id, population, disposal }) => {
    const file = fieldwork.files.get(id);
    const prompts = [...(file?.answers.keys() ?? [])].length;
    const key = [...(file?.relevant ?? [])];
    return {
      id,
      population,
      disposal,
      assessor: fieldwork.allocation.get(id),
      status: file ? file.status : "not-begun",
      answered: key.filter((code) => file?.answers.has(code)).length,
      relevant: key.length,
      noes: key.filter((code) => file?.answers.get(code)?.answer === "no").length,
      answers: prompts,
      flags: file?.flags.length ?? 0,
      second: file?.second?.by,
      secondDone: file?.second?.completed,
    };
  });

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
  const blind = isBlind(visit.viewer, held, id);
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
      identifying: listed && words(listed.text),
      sampled: held.fieldwork.briefing.sample.get(id),
      assessor: held.fieldwork.allocation.get(id),
      team: held.fieldwork.briefing.team,
      standards: blind ? [] : questionsOf(held, id, answersTold(facts)),
      marks: facts.filter(({ type }) => !/Judgement/.test(type)).map(markInWords),
    },
  });
};

const markInWords = (fact: ReturnType<typeof caseFacts>[number]) => {
  const said = "text" in fact ? words<object>(fact.text) : undefined;
  const note = said && Object.values(said).find((value) => typeof value === "string");
  return { type: fact.type, at: fact.at, by: fact.by.id, note };
};
