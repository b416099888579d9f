/** A framework as its page shows it: what it holds, in words and tables. */
import { outlineIn } from "@assay/domain/framework/outline.ts";
import type { Combine } from "@assay/domain/framework/combining.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { scaleNamed } from "@assay/domain/framework/standards.ts";
import type { Known } from "@assay/domain/framework/versions.ts";

import { plain } from "../wording/names.ts";

export const frameworkTold = ({ framework, digest }: Known) => ({
  id: framework.id,
  label: framework.label,
  from: framework.from,
  digest,
  authority: framework.authority.name,
  language: framework.language,
  words: Object.entries(framework.words).map(([name, { one, many }]) => ({
    name: plain(name),
    words: `${one}, ${many}`,
  })),
  provisional: framework.provisional,
  kinds: framework.kinds,
  scales: framework.scales.map(({ label, grades }) => ({
    label,
    grades: grades.map((grade) => `${grade.label} (${grade.points})`).toReversed(),
  })),
  populations: framework.populations.map((population) => ({
    label: population.label,
    size: sizeSaid(framework, population.size),
    balancedOn: population.balancedOn.map((name) => columnLabel(framework, name)),
  })),
  columns: framework.columns.map(({ label }) => label),
  domains: framework.domains.map(({ number, label }) => ({
    number,
    label,
    standards: framework.standards
      .filter(({ domain }) => domain === number)
      .map((standard) => standardTold(framework, standard)),
  })),
  overall: framework.overall && combineSaid(framework.overall.combine),
  timetable: Object.entries(framework.ruleset.timetable).flatMap(([name, offset]) =>
    offset
      ? [
          {
            name: plain(name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
            when: offsetSaid(offset.from, offset.workingDays),
          },
        ]
      : [],
  ),
  requests: framework.requests.map(({ label, due }) => ({
    label,
    when: offsetSaid(due.from, due.workingDays),
  })),
  offices: framework.letter.offices.map(({ label }) => label),
  surveys: framework.surveys.map(({ label }) => label),
  outline: outlineIn(framework, framework.standards),
  reportTitle: framework.report.title,
});

type Standard = Framework["standards"][number];

const standardTold = (framework: Framework, standard: Standard) => ({
  code: standard.code,
  label: standard.label,
  statement: standard.statement,
  scored: standard.scored,
  judged: {
    "by-people": "People judge it",
    "by-cases": "Answers on cases decide it",
    "by-questions":
      standard.judged === "by-questions"
        ? combineSaid(standard.combine)
        : "Its questions decide it",
  }[standard.judged],
  grades: scaleNamed(framework, standard.scale).grades.map(({ label }) => label),
  questions: standard.keyQuestions.map((question) => ({
    code: question.code,
    asked: question.wording ?? question.label,
    of:
      question.judged === "by-cases"
        ? framework.populations.find(({ name }) => name === question.population)?.label
        : undefined,
    prompts:
      question.judged === "by-cases"
        ? question.prompts.map((prompt) => ({
            code: prompt.code,
            asked: prompt.wording ?? prompt.label,
            may: prompt.whereApplicable,
          }))
        : [],
  })),
});

const ways: Readonly<Record<Combine["by"], string>> = {
  people: "People decide",
  lowest: "The lowest grade",
  mean: "The mean of the points",
  sum: "The sum of the points",
  "share-of-points": "The share of the points possible",
  "first-rule": "The first rule that holds",
};

const combineSaid = ({ by }: Combine): string => ways[by];

type Size = Framework["populations"][number]["size"];

const sizeSaid = (framework: Framework, size: Size): string => {
  if (size.by === "everything") return "Every case";
  if (size.by === "confidence") return `By confidence, margin ${Math.round(size.margin * 100)}%`;
  const to = framework.populations.find(({ name }) => name === size.to)?.label ?? size.to;
  return `${size.here} for every ${size.there} of ${to}`;
};

const columnLabel = ({ columns }: Framework, name: string): string =>
  columns.find((column) => column.name === name)?.label ?? name;

const anchors: Readonly<Record<string, string>> = {
  "fieldwork-start": "fieldwork begins",
  "fieldwork-end": "fieldwork ends",
  announcement: "the announcement",
  draft: "the draft",
  publication: "publication",
};

const offsetSaid = (from: string, workingDays: number): string => {
  const anchor = anchors[from] ?? from;
  if (workingDays === 0) return `On the day of: ${anchor}`;
  const days = Math.abs(workingDays);
  const count = `${days} working ${days === 1 ? "day" : "days"}`;
  return workingDays < 0 ? `${count} before ${anchor}` : `${count} after ${anchor}`;
};
