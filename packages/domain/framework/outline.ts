/**
 * What people write in a report: the framework's chapters, one for each domain, and, where the
 * framework has them, a text about each standard and each key question.
 */
import type { Parts } from "./misfit.ts";
import type { Standard } from "./standard.ts";

export type OutlineSection = {
  readonly id: string;
  readonly label: string;
  /** A report does not go out without it. */
  readonly required: boolean;
};

/** In the order in which a report has them; `rated` are the standards of this inspection. */
export const outlineIn = (
  framework: Parts,
  rated: readonly Standard[],
): readonly OutlineSection[] => {
  const { sections } = framework.report;
  return [
    ...sections.filter(({ after }) => !after),
    ...framework.domains.flatMap(({ number, label }) => {
      const own = rated.filter(({ domain }) => domain === number);
      return [
        { id: `domain-${number}`, label: `Domain ${number}: ${label}`, required: own.length > 0 },
        ...own.flatMap((standard) => textsOn(framework, standard)),
      ];
    }),
    ...sections.filter(({ after }) => after),
  ].map(({ id, label, required }) => ({ id, label, required }));
};

const textsOn = ({ report }: Parts, standard: Standard): readonly OutlineSection[] => {
  const { standard: whole = "none", question: each = "none" } = report.texts ?? {};
  const text = (kind: TextKind, { code, label }: Coded, asked: string): readonly OutlineSection[] =>
    asked === "none"
      ? []
      : [{ id: textAbout(kind, code), label: `${code} ${label}`, required: asked === "required" }];
  const questions: readonly Coded[] = standard.keyQuestions;
  return [
    ...text("standard", standard, whole),
    ...questions.flatMap((question) => text("question", question, each)),
  ];
};

type Coded = { readonly code: string; readonly label: string };
type TextKind = "standard" | "question";

/** The id of the text about a standard or a key question, such as `standard-2-1`. */
export const textAbout = (kind: TextKind, code: string): string =>
  `${kind}-${code.toLowerCase().replaceAll(".", "-")}`;

/** What a section is called; undefined where the framework has none of this id. */
export const sectionLabel = (framework: Parts, section: string): string | undefined =>
  outlineIn(framework, framework.standards).find(({ id }) => id === section)?.label;
