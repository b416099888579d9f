/** The report's checks as the rules of publication ask for them: all but the setting, at once. */
import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";

import { settingProblems } from "./document/limits.ts";
import { errorsIn, errorsInAnswer, excusableIn } from "./review.ts";

export const reportChecks = (question: ReportQuestion): ReportAnswer => {
  switch (question.kind) {
    case "section": {
      const { title, markdown } = question;
      return {
        findings: settingProblems(markdown).map(({ line, problem }) => ({
          place: `${title}, line ${line}`,
          problem,
        })),
      };
    }
    case "draft":
      return { findings: errorsIn(question.record) };
    case "issue":
      return { findings: question.version === 1 ? [] : errorsIn(question.record) };
    case "answer":
      return { findings: errorsInAnswer(question.record, question.facts) };
    case "excuse":
      return { findings: excusableIn(question.record, question.excuse) };
  }
};
