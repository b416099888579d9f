/**
 * The table that greets whoever starts Assay: what the examples came to, beside what was printed.
 */
import type { Outcome } from "@assay/domain/reconstruction/outcome.ts";

const headings = ["Service", "Score", "Overall", "Published", "Equal", "Unexplained"] as const;

export const outcomeTable = (outcomes: readonly Outcome[]): string => {
  const rows = outcomes.map((outcome) => [
    outcome.service,
    `${outcome.score}/${outcome.maxScore}`,
    outcome.overall ?? "withheld",
    `${outcome.publishedScore ?? "–"} ${outcome.publishedOverall ?? ""}`.trim(),
    outcome.equal ? "yes" : "no",
    unexplained(outcome).join(", ") || "none",
  ]);
  return [[...headings], ...rows].map((row) => aligned(row, [[...headings], ...rows])).join("\n");
};

const unexplained = ({ standards }: Outcome): readonly string[] =>
  Object.entries(standards).flatMap(([code, { discretion, rule, rating }]) =>
    discretion === "unexplained" ? [`${code} (${rule} by rule, ${rating} published)`] : [],
  );

const aligned = (row: readonly string[], rows: readonly (readonly string[])[]): string =>
  row
    .map((cell, column) => {
      const width = Math.max(...rows.map((each) => each[column]?.length ?? 0));
      return cell.padEnd(width);
    })
    .join("  ")
    .trimEnd();
