/** The report's checks as the rules of publication ask for them: all but the setting, at once. */
import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";

import { settingProblems } from "./document/limits.ts";
import { misnamedBy } from "./references.ts";
import { errorsIn, errorsInAnswer, excusableIn } from "./review.ts";

type Written = Extract<ReportQuestion, { kind: "section" | "words" }>;

const misnamed = ({ title, record }: Written, text: string): ReportAnswer["findings"] =>
  misnamedBy(
    record.map(({ event }) => event),
    text,
  ).map(({ line, written, why }) => ({
    place: `${title}, line ${line}`,
    problem: `${written} ${why}.`,
  }));

export const reportChecks = (question: ReportQuestion): ReportAnswer => {
  switch (question.kind) {
    case "section": {
      const { title, markdown } = question;
      return {
        findings: [
          ...settingProblems(markdown).map(({ line, problem }) => ({
            place: `${title}, line ${line}`,
            problem,
          })),
          ...misnamed(question, markdown),
        ],
      };
    }
    case "words":
      return { findings: misnamed(question, question.words) };
    case "setting":
      return { findings: [] };
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
