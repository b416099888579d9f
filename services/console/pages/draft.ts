/**
 * The draft as it would be published, for those who write it and for the service that checks its
 * facts. It says on every page that it is a draft, and who looked at it.
 */
import { pageAssets, renderHtml } from "@assay/report/html.ts";
import { ofDrafts } from "@assay/report/metadata.ts";
import type { ReportModel } from "@assay/report/model.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import type { Answer } from "../http/answer.ts";
import { draftIn, reportRecordIn } from "../reading/drafts.ts";
import { maySeeRatings, marksBlind } from "../reading/viewer.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";

export const draftPage: Handle = async (visit) => {
  const { model, events } = await draftFor(visit);
  const home = `/inspections/${model.inspection}`;
  const cannot = await unsettable(visit.typesetter, events);
  const marked = { ...model, mark: [model.mark, ...cannot].join(" ") };
  const page = renderHtml(marked, {
    publisher: ofDrafts,
    home,
    downloads: [],
    versionsHref: undefined,
  });
  return privately("text/html; charset=utf-8", page.replaceAll('"assets/', '"draft/assets/'));
};

export const draftPdf: Handle = async (visit) =>
  pdfOf(visit, (await draftFor(visit)).model, "draft.pdf");

/** A report as PDF, or why it cannot be set, in a file of that name. */
export const pdfOf = async (
  { typesetter, render }: Pick<Visit, "typesetter" | "render">,
  model: ReportModel,
  name: string,
): Promise<Answer> => {
  const set = await typesetter.pdf(model);
  if ("problem" in set) {
    const lines = [set.problem, "Change the words on the page of the report, then try again."];
    return render({ view: "error", title: "It cannot be set", status: 422, model: { lines } });
  }
  const answer = privately("application/pdf", set);
  const disposition = `attachment; filename="${name}"`;
  return { ...answer, headers: { ...answer.headers, "content-disposition": disposition } };
};

/** What the typesetter says of the draft, as it will before it is sent or published. */
const unsettable = async (
  { examine }: Visit["typesetter"],
  events: readonly StoredEvent[],
): Promise<readonly string[]> => {
  const { findings } = await examine({ kind: "setting", record: reportRecordIn(events) });
  return findings.map(({ problem }) => `It cannot be published as it stands: ${problem}`);
};

export const draftAsset: Handle = ({ parts }) => {
  const name = parts["asset"] ?? "";
  const body = pageAssets().get(name);
  if (!body) throw new NotFound();
  return { ...privately(mediaTypes[name.split(".").at(-1) ?? ""] ?? "text/plain", body) };
};

const mediaTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

const privately = (type: string, body: string | Uint8Array): Answer => ({
  status: 200,
  headers: { "content-type": type, "cache-control": "no-store" },
  body,
});

const draftFor = async (visit: Visit) => {
  const held = await inspectionIn(visit);
  const { name } = signedIn(visit);
  if (!maySeeRatings(visit.viewer, held) || marksBlind(visit.viewer, held)) throw new NotFound();
  const events = await visit.library.events(held);
  const model = draftIn(events);
  if (!model) throw new NotFound();
  return { events, model: { ...model, mark: `Draft: not for publication. Seen by ${name}.` } };
};
