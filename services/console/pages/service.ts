/** What the inspected service sees and does: its plan, its case list, its comments, its actions. */
import { isPublicationEvent } from "@assay/domain/publication/events.ts";
import { readCaseList } from "@assay/intake/case-list-file.ts";

import { factOf, type Held } from "../reading/held.ts";
import { owedFor } from "../reading/tracker.ts";
import { alertsTold, submissionsIn } from "../reading/sent.ts";
import { isShared, type Viewer } from "../reading/viewer.ts";
import { fileProblems } from "../wording/file-problems.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { type Answer, redirect } from "../http/answer.ts";
import type { Form } from "../http/asked.ts";
import { requestNames } from "../wording/names.ts";
import { type Action, offered } from "./actions.ts";
import { commandIdIn, type Problem, taking, withModel } from "./forms.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";
import { commentsIn, reportText } from "./report.ts";
import { trackingOf } from "./report-actions.ts";

export const servicePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isProvider(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "service");
  const all = (await visit.library.events(held)).map(factOf);
  const facts = all.filter(isPublicationEvent);
  const { publication, announcement } = held;
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
      published: publication.version > 0,
      mayComment: publication.phase.matches("shared"),
      commentsDue: publication.commentsDue,
      comments: commentsIn(facts),
      mayPreview: isShared(held),
      sendable: [...announcement.requests]
        .filter(([kind, { satisfied }]) => kind !== "case-list" && !satisfied)
        .map(([kind]) => kind),
      files: submissionsIn(all).map((each) => ({ ...each, request: requestNames[each.request] })),
      mayPlan: publication.phase.matches("published"),
      actions: serviceActions(visit, held, isShared(held) ? reportText(facts) : undefined),
      alerts: alertsTold(all, held, visit.viewer).filter(({ stage }) => stage === "notified"),
    },
  });
};

/** What a service says of its own recommendations once they are published. */
const serviceActions = (
  { viewer, now }: Visit,
  held: Held,
  report: ReturnType<typeof reportText> | undefined,
): readonly Action[] =>
  offered({ held, now }, viewer, [
    report !== undefined && report.recommendations.length > 0 && trackingOf(report.recommendations),
  ]);

/** The file is kept before it is on record, so that what is recorded can always be read. */
const takeSubmission = async (visit: Visit, held: Held, form: Form): Promise<Answer> => {
  const content = await form.file("document");
  const again = (text: string): Answer | Promise<Answer> =>
    servicePage(
      withModel(visit, {
        problems: [{ text, href: "#document", field: "document" }],
        typed: (_: string, otherwise = "") => otherwise,
        status: 422,
        failed: "ReceiveSubmission",
      }),
    );
  if (!content) return again("Choose the file to send");
  const sent = await visit.send({
    id: commandIdIn(form),
    by: signedIn(visit).actor,
    correlationId: visit.asked.correlationId,
    command: {
      type: "ReceiveSubmission",
      inspection: held.inspection,
      request: form.value("request"),
      digest: await visit.files.keep(content),
      bytes: content.length,
      mediaType: form.fileType("document"),
      name: form.fileName("document"),
    },
  });
  if (sent.outcome === "malformed") return again(sent.issues[0]?.message ?? "not a file");
  return sent.reply.accepted
    ? redirect(`${visit.asked.path}?done=ReceiveSubmission`)
    : again(refusalInWords(sent.reply.refusal));
};

/** A file that the service sent: for the service itself and for staff. Never shown in place. */
export const filePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  const digest = visit.parts["digest"] ?? "";
  const known = submissionsIn((await visit.library.events(held)).map(factOf)).find(
    (each) => each.digest === digest,
  );
  const body = known && (await visit.files.read(digest));
  if (!body) throw new NotFound();
  return {
    status: 200,
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(known.name)}`,
      "cache-control": "private, no-store",
    },
    body,
  };
};

const isProvider = (viewer: Viewer): boolean =>
  viewer.kind === "person" && viewer.actor.role === "provider-user";

/** A file is read here, where its errors are told by their lines; other forms are one command. */
export const takeFromService: Handle = async (visit) => {
  const form = await visit.asked.form();
  const type = form.value("_type");
  if (type !== "SubmitCaseList" && type !== "ReceiveSubmission") return taking(servicePage)(visit);
  const held = await inspectionIn(visit);
  if (type === "ReceiveSubmission") return takeSubmission(visit, held, form);
  const content = await form.file("file");
  const problems = content
    ? await sendList(visit, held, { content, id: commandIdIn(form) })
    : [{ text: "Choose the file with your case list", href: "#file" }];
  if (problems.length === 0) return redirect(`${visit.asked.path}?done=SubmitCaseList`);
  return servicePage(
    withModel(visit, {
      problems,
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
  if (!read.accepted) return fileProblems(read.problems, "#file");
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
