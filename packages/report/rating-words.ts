/** How a framework's ratings stand in running text. */
import { everyGrade } from "@assay/domain/framework/standards.ts";
import type { ReportModel } from "./model.ts";

/** The grades of the framework as they stand in a sentence, longer ones first. */
export const ratingWords = ({ framework }: Pick<ReportModel, "framework">): RegExp => {
  const grades = everyGrade(framework)
    .toSorted((a, b) => b.length - a.length)
    .map((grade) =>
      grade
        .split(" ")
        .map((word, i) =>
          i === 0
            ? escaped(word)
            : `[${word[0]!.toUpperCase()}${word[0]!.toLowerCase()}]${escaped(word.slice(1))}`,
        )
        .join(" "),
    );
  return new RegExp(String.raw`(?<![\p{L}\d])(${grades.join("|")})(?![\p{L}\d])`, "gu");
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
