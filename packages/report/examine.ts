/** The report's checks with the setting: what reads well may still not fit on a page. */
import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";

import type { Publisher } from "./metadata.ts";
import { reportModelOf } from "./model.ts";
import { renderPdf, TypesettingFault, trySection } from "./pdf.ts";
import { reportChecks } from "./report-checks.ts";

export const examine = (question: ReportQuestion, publisher: Publisher): ReportAnswer => {
  const answer = reportChecks(question);
  if (answer.findings.length > 0) return answer;
  switch (question.kind) {
    case "section":
      return setting("This section", () => trySection(question.markdown));
    case "draft":
      return setting("The report", () =>
        renderPdf(reportModelOf(question.record, "draft"), publisher),
      );
    default:
      return answer;
  }
};

/** The longest reason that is of use to whoever wrote it. */
const longest = 300;

const setting = (place: string, set: () => unknown): ReportAnswer => {
  try {
    set();
    return { findings: [] };
  } catch (error) {
    if (!(error instanceof TypesettingFault)) throw error;
    return { findings: [{ place, problem: `${error.message.slice(0, longest)}.` }] };
  }
};
