/** What the inspected service sees and does: its plan, its case list, its comments, its actions. */
import { isPublicationEvent } from "@assay/domain/publication/events.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { readCaseList } from "@assay/intake/case-list-file.ts";

import { factOf, type Held } from "../reading/held.ts";
import { owedFor } from "../reading/tracker.ts";
import { isShared, type Viewer } from "../reading/viewer.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { redirect } from "../http/answer.ts";
import { type Problem, taking, withModel } from "./forms.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";
import { reportText } from "./report.ts";

/** Problems of a file that are shown; the rest are counted. */
const mostProblems = 30;

export const servicePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isProvider(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "service");
  const facts = (await visit.library.events(held)).map(factOf).filter(isPublicationEvent);
  const { publication, announcement, fieldwork } = held;
  return visit.render({
    view: "service",
    title: `What we ask of you – ${framed.head.service}`,
    model: {
      ...framed,
      now: visit.now,
      owed: owedFor(held, visit.now).filter(({ owner }) => owner === "provider-user"),
      requests: [...announcement.requests].map(([kind, request]) => ({
        kind,
        due: request.due,
        satisfied: request.satisfied,
        received: request.received.size,
      })),
      mayList: announcement.phase.matches({ active: "announced" }),
      listed: announcement.cases.size,
      report: isShared(held) ? reportText(facts) : undefined,
      mayComment: publication.phase.matches("shared"),
      commentsDue: publication.commentsDue,
      comments: commentsIn(facts),
      mayPlan: publication.phase.matches("published"),
      alerts: [...fieldwork.alerts].filter(([, { stage }]) => stage === "notified"),
    },
  });
};

const isProvider = (viewer: Viewer): boolean =>
  viewer.kind === "person" && viewer.actor.role === "provider-user";

const commentsIn = (facts: readonly Extract<ReturnType<typeof factOf>, { type: string }>[]) =>
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
        outcome: answer?.type === "CommentAnswered" ? answer.outcome : undefined,
        answer: answer?.type === "CommentAnswered" ? words(answer.text)?.answer : undefined,
      },
    ];
  });

/** A file is read here, where its errors are told by their lines; other forms are one command. */
export const takeFromService: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (form.value("_type") !== "SubmitCaseList") return taking(servicePage)(visit);
  const held = await inspectionIn(visit);
  const content = await form.file("file");
  const problems = content
    ? await sendList(visit, held, { content, id: form.value("_command") })
    : [{ text: "Choose the file with your case list", href: "#file" }];
  if (problems.length === 0) return redirect(`${visit.asked.path}?done=SubmitCaseList`);
  const shown = problems.slice(0, mostProblems);
  const left = problems.length - shown.length;
  const rest: readonly Problem[] = left > 0 ? [{ text: `and ${left} more problems` }] : [];
  return servicePage(
    withModel(visit, {
      problems: [...shown, ...rest],
      typed: (_: string, otherwise = "") => otherwise,
      status: 422,
    }),
  );
};

const sendList = async (
  visit: Visit,
  held: Held,
  { content, id }: { readonly content: Uint8Array; readonly id: string },
): Promise<readonly Problem[]> => {
  const read = readCaseList({ content });
  if (!read.accepted)
    return read.problems.map(({ line, header, column, value, expected }) => {
      const where = header ?? (column === undefined ? "" : `column ${column}`);
      const place = `Line ${line}${where === "" ? "" : `, ${where}`}`;
      return {
        text: `${place}: ${value === "" ? "nothing" : `“${value}”`}; expected ${expected}`,
        href: "#file",
      };
    });
  const sent = await visit.send({
    id,
    by: signedIn(visit).actor,
    correlationId: visit.asked.correlationId,
    command: { type: "SubmitCaseList", inspection: held.inspection, rows: read.rows },
  });
  if (sent.outcome === "malformed")
    return sent.issues.map(({ path, message }) => ({ text: `${path}: ${message}`, href: "#file" }));
  return sent.reply.accepted ? [] : [{ text: refusalInWords(sent.reply.refusal), href: "#file" }];
};
