/** What the inspected service sees and does: its plan, its case list, its comments, its actions. */
import { outlineOf } from "@assay/domain/briefing/inspection.ts";
import { randomUUID } from "node:crypto";

import { isPublicationEvent } from "@assay/domain/publication/events.ts";

import {
  alertForm,
  caseListForm,
  countersignForm,
  commentForms,
  documentForm,
  planForms,
} from "../forms/service.ts";
import { factOf } from "../reading/held.ts";
import { owedFor } from "../reading/tracker.ts";
import { alertsTold, submissionsIn } from "../reading/sent.ts";
import { isShared, type Viewer } from "../reading/viewer.ts";
import { requestNames } from "../wording/names.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";
import { commentsIn, reportText } from "./report.ts";

export const servicePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isProvider(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "service");
  const all = (await visit.library.events(held)).map(factOf);
  const facts = all.filter(isPublicationEvent);
  const { publication, announcement } = held;
  const report = isShared(held) ? reportText(facts) : undefined;
  const alerts = alertsTold(all, held, visit.viewer).filter(({ stage }) => stage === "notified");
  return visit.render({
    view: "service",
    title: `What we ask of you – ${framed.head.service}`,
    model: {
      framework: held.panel.briefing.framework,
      ...framed,
      now: visit.now,
      owed: owedFor(held, visit.now).filter(({ owner }) => owner === "provider-user"),
      requests: [...announcement.requests].map(([kind, request]) => ({
        kind,
        due: request.due,
        satisfied: request.satisfied,
        received: request.received.size,
      })),
      listed: announcement.cases.size,
      report,
      published: publication.version > 0,
      commentsDue: publication.commentsDue,
      comments: commentsIn(facts),
      files: submissionsIn(all).map((each) => ({ ...each, request: requestNames[each.request] })),
      alerts,
    },
    forms: {
      about: { held, now: visit.now },
      at: {
        list: [
          caseListForm(held),
          ...(announcement.draw ? [countersignForm(announcement.draw.seed)] : []),
        ],
        documents: [documentForm(held)],
        ...Object.fromEntries(alerts.map((told) => [`alert-${told.alert}`, [alertForm(told)]])),
        comments: report ? commentForms(`c-${randomUUID()}`, outlineOf(held.panel.briefing)) : [],
        plan: report ? planForms(report.recommendations) : [],
      },
    },
  });
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
