/**
 * The draft as it would be published, for those who write it and for the service that checks its
 * facts. It says on every page that it is a draft, and who looked at it.
 */
import { pageAssets, renderHtml } from "@assay/report/html.ts";
import type { ReportModel } from "@assay/report/model.ts";

import type { Answer } from "../http/answer.ts";
import { draftIn } from "../reading/drafts.ts";
import { maySeeRatings, marksBlind } from "../reading/viewer.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";

const publisher = { name: "Draft", url: "https://assay.example/" };

export const draftPage: Handle = async (visit) => {
  const model = await draftFor(visit);
  const home = `/inspections/${model.inspection}`;
  const page = renderHtml(model, { publisher, home, downloads: [], versionsHref: undefined });
  return privately("text/html; charset=utf-8", page.replaceAll('"assets/', '"draft/assets/'));
};

/** The typesetter is loaded when the first PDF is asked for. */
export const draftPdf: Handle = async (visit) => {
  const model = await draftFor(visit);
  const { renderPdf } = await import("@assay/report/pdf.ts");
  return privately("application/pdf", renderPdf(model, publisher));
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

const draftFor = async (visit: Visit): Promise<ReportModel> => {
  const held = await inspectionIn(visit);
  const { name } = signedIn(visit);
  if (!maySeeRatings(visit.viewer, held) || marksBlind(visit.viewer, held)) throw new NotFound();
  const model = draftIn(await visit.library.events(held));
  if (!model) throw new NotFound();
  return { ...model, mark: `Draft: not for publication. Seen by ${name}.` };
};
