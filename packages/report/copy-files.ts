/**
 * A copy that goes to somebody before the public has it, as files: the page and the PDF, each
 * saying on every page whose copy it is and that it is not to be passed on.
 */
import { renderHtml } from "./html.ts";
import type { Publisher } from "./metadata.ts";
import type { ReportModel } from "./model.ts";
import { renderPdf } from "./pdf.ts";
import { assetFiles, type SiteFile, textFile } from "./version-files.ts";

/** `mark` is said in full on every page; the model is a draft's or one under embargo. */
export const copyFiles = (
  model: ReportModel,
  publisher: Publisher,
  mark: string,
): readonly SiteFile[] => {
  const marked = { ...model, mark };
  const around = { publisher, home: publisher.url, downloads: [], versionsHref: undefined };
  return [
    {
      path: "report.pdf",
      mediaType: "application/pdf",
      body: renderPdf(marked, publisher),
    },
    ...assetFiles(),
    textFile("index.html", "text/html", renderHtml(marked, around)),
  ];
};
