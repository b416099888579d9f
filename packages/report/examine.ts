/** The report's checks with the setting: what reads well may still not fit on a page. */
import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";
import { Digest } from "@assay/domain/kernel/ids.ts";

import { renderHtml } from "./html.ts";
import type { Publisher } from "./metadata.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { renderPdf, TypesettingFault, trySection } from "./pdf.ts";
import { reportChecks } from "./report-checks.ts";
import { checksum, formsOf } from "./version-files.ts";

export const examine = (question: ReportQuestion, publisher: Publisher): ReportAnswer => {
  const answer = reportChecks(question);
  if (answer.findings.length > 0) return answer;
  switch (question.kind) {
    case "section":
      return setting("This section", () => {
        trySection(question.markdown);
      });
    case "setting":
    case "draft":
      return setting("The report", () => {
        renderPdf(reportModelOf(question.record, "draft"), publisher);
      });
    case "issue": {
      const { record, version } = question;
      return setting("The report", () => formsIn(reportModelOf(record, version), publisher));
    }
    default:
      return answer;
  }
};

/** Every form of the version, and the page, which names other files beside them. */
const formsIn = (model: ReportModel, publisher: Publisher): ReportAnswer["forms"] => {
  renderHtml(model, { publisher, home: "../../../", downloads: [], versionsHref: "../" });
  return formsOf(model, publisher).map(({ path, body }) => ({
    path,
    digest: Digest.parse(checksum(body)),
  }));
};

/** The report as PDF, or as a finding why it cannot be set. */
export const pdfOf = (
  model: ReportModel,
  publisher: Publisher,
): { readonly pdf: Uint8Array } | { readonly answer: ReportAnswer } => {
  let pdf: Uint8Array | undefined;
  const answer = setting("The report", () => {
    pdf = renderPdf(model, publisher);
  });
  return pdf ? { pdf } : { answer };
};

/** The longest reason that is of use to whoever wrote it. */
const longest = 300;

const setting = (place: string, set: () => ReportAnswer["forms"] | void): ReportAnswer => {
  try {
    const forms = set();
    return { findings: [], ...(forms && { forms }) };
  } catch (error) {
    if (!(error instanceof TypesettingFault)) throw error;
    return { findings: [{ place, problem: `${error.message.slice(0, longest)}.` }] };
  }
};
