/** The inspected service's own workspace: what is asked of it, what it sent, what came of it. */
import { outlineOf, pinned, requestNamed } from "@assay/domain/briefing/inspection.ts";
import { CASE_LIST } from "@assay/domain/framework/timetable.ts";
import type { Column } from "@assay/domain/framework/case-list-settings.ts";
import { isPublicationEvent } from "@assay/domain/publication/events.ts";
import { caseListTemplate } from "@assay/domain/sampling/template.ts";

import { filledIn } from "@assay/report/references.ts";

import {
  alertForm,
  caseListForm,
  commentForm,
  countersignForm,
  documentForm,
  endOfComments,
  planForms,
} from "../forms/service.ts";
import { draftIn } from "../reading/drafts.ts";
import { factOf, type Held } from "../reading/held.ts";
import { ownLabels, ownNames, ownSample, sentBy } from "../reading/own-cases.ts";
import { alertsTold, submissionsIn } from "../reading/sent.ts";
import { owedFor } from "../reading/tracker.ts";
import { isShared, type Viewer } from "../reading/viewer.ts";
import { datesOf, frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";
import { commentsIn, reportText } from "./report.ts";

export const servicePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isProvider(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "service");
  const events = await visit.library.events(held);
  const all = events.map(factOf);
  const facts = all.filter(isPublicationEvent);
  const { publication, announcement } = held;
  const report = isShared(held) ? asRead(reportText(facts), draftIn(events)) : undefined;
  const alerts = alertsTold(all, held, visit.viewer).filter(({ stage }) => stage === "notified");
  const outline = report ? outlineOf(held.panel.briefing) : [];
  return visit.render({
    view: "service",
    title: `What we ask of you – ${framed.head.service}`,
    model: {
      framework: held.panel.briefing.framework,
      ...framed,
      now: visit.now,
      owed: owedFor(held, visit.now)
        .filter(({ owner }) => owner === "provider-user")
        .map((each) => ({ ...each, href: `#${placeIn(each.key)}` })),
      dates: datesOf(held, visit.now),
      listed: announcement.cases.size,
      columns: announcement.briefing.framework ? columnsOf(held) : [],
      templates: (announcement.briefing.framework?.requests ?? []).filter(
        ({ template }) => template !== undefined,
      ),
      labels: announcement.briefing.framework ? ownLabels(held) : {},
      sample: ownSample(all, held),
      report,
      version: publication.version,
      phase: publication.phase.value,
      commentsDue: publication.commentsDue,
      comments: commentsIn(facts),
      sent: sentBy(all, held),
      files: submissionsIn(all).map((each) => ({
        ...each,
        request: requestNamed(announcement.briefing, each.request),
      })),
      alerts: alerts.map((told) => ({ ...told, about: told.case && ownNames(held, told.case) })),
    },
    forms: {
      about: { held, now: visit.now },
      at: {
        list: [
          caseListForm,
          ...(announcement.draw ? [countersignForm(announcement.draw.seed)] : []),
        ],
        documents: [documentForm(held)],
        ...Object.fromEntries(alerts.map((told) => [`alert-${told.alert}`, [alertForm(told)]])),
        ...Object.fromEntries(
          outline.map((section) => [`comment-${section.id}`, [commentForm(section)]]),
        ),
        comments: report ? [endOfComments] : [],
        plan: report ? planForms(report.recommendations) : [],
      },
    },
  });
};

/** With figures and ratings filled in. */
const asRead = (
  report: ReturnType<typeof reportText>,
  draft: ReturnType<typeof draftIn>,
): ReturnType<typeof reportText> => ({
  ...report,
  sections: report.sections.map(({ section, markdown }) => ({
    section,
    markdown: draft ? filledIn(draft, markdown) : markdown,
  })),
});

/** Where on the page something owed is done. */
const placeIn = (key: string): string => {
  const [verb = "", subject = ""] = key.split("/");
  if (verb === "send") return subject === CASE_LIST ? "case-list" : "documents";
  if (verb === "answer-alert") return `alert-${subject}`;
  return verb === "comment" || verb === "action-plan" ? "draft" : "main-content";
};

/** What each column of the case list may hold, in words. */
const columnsOf = (held: Held) =>
  pinned(held.announcement.briefing).columns.map((column) => ({
    label: column.label,
    holds: holds(column),
    blank: column.blank !== undefined,
  }));

const holds = ({ type }: Column): string => {
  switch (type.kind) {
    case "choice":
      return type.values.map(({ label }) => label).join("; ");
    case "day":
      return "A day, such as 24/05/2026 or 2026-05-24";
    case "yes-no":
      return "Yes or no";
    case "number":
      return "A number";
    case "text":
      return `Your own reference, up to ${type.most} characters`;
  }
};

/** The case list to fill in: the columns of the inspection's own framework, with made-up rows. */
export const caseListFile: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isProvider(visit.viewer) || !held.announcement.briefing.framework) throw new NotFound();
  return {
    status: 200,
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="case-list.csv"',
      "cache-control": "private, no-store",
    },
    body: caseListTemplate(pinned(held.announcement.briefing).columns),
  };
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

/** A template of something that is asked for, as the framework's document has it. */
export const templateFile: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  const { framework } = held.announcement.briefing;
  const found = framework?.requests.find(({ id }) => id === visit.parts["request"])?.template;
  if (!found || visit.viewer.kind !== "person") throw new NotFound();
  return {
    status: 200,
    headers: {
      "content-type": found.name.endsWith(".csv")
        ? "text/csv; charset=utf-8"
        : "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="${found.name}"`,
      "cache-control": "private, no-store",
    },
    body: found.content,
  };
};

const isProvider = (viewer: Viewer): boolean =>
  viewer.kind === "person" && viewer.actor.role === "provider-user";
