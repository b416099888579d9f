/**
 * Whether the parts of a framework's document fit each other: what a schema cannot say of one part
 * alone. The engine relies on it and never checks again.
 */
import { misfitsOfColumns, misfitsOfPopulations, misfitsOfPredicate } from "./fitting-cases.ts";
import {
  misfitsOfCombining,
  misfitsOfDomain,
  misfitsOfFloors,
  misfitsOfOverall,
  type PartOf,
} from "./fitting-combining.ts";
import { keyQuestionOf } from "../kernel/codes.ts";
import { underKind } from "./kind.ts";
import { type Misfit, type Parts, type Path, repeated, scaleOf, unless } from "./misfit.ts";
import { outlineIn } from "./outline.ts";
import { gradesOf, type Scale } from "./scale.ts";
import type { Standard } from "./standard.ts";
import { CASE_LIST } from "./timetable.ts";

/** Everything that does not fit; empty when all is well. */
export const misfits = (document: Parts): readonly Misfit[] => [
  ...repeats(document),
  ...document.scales.flatMap(misfitsOfScale),
  ...Object.entries(document.caseBands).flatMap(([scale, floors]) =>
    misfitsOfFloors(document, scale, floors, ["caseBands", scale]),
  ),
  ...misfitsOfColumns(document),
  ...misfitsOfPopulations(document),
  ...document.standards.flatMap((standard, i) =>
    misfitsOfStandard(document, standard, ["standards", i]),
  ),
  ...document.domains.flatMap((domain, i) => misfitsOfDomain(document, domain, ["domains", i])),
  ...misfitsOfOverall(document),
  ...misfitsOfKinds(document),
  ...misfitsOfSampling(document),
  ...misfitsOfProvisional(document),
];

const repeats = (document: Parts): readonly Misfit[] => [
  ...repeated(
    ["scales"],
    document.scales.map(({ id }) => id),
  ),
  ...repeated(
    ["kinds"],
    document.kinds.map(({ id }) => id),
  ),
  ...repeated(
    ["columns"],
    document.columns.map(({ name }) => name),
  ),
  ...repeated(
    ["caseFacts"],
    document.caseFacts.map(({ name }) => name),
  ),
  ...repeated(
    ["caseTallies"],
    document.caseTallies.map(({ name }) => name),
  ),
  ...repeated(
    ["populations"],
    document.populations.map(({ name }) => name),
  ),
  ...repeated(
    ["domains"],
    document.domains.map(({ number }) => String(number)),
  ),
  ...repeated(
    ["standards"],
    document.standards.map(({ code }) => code),
  ),
  ...repeated(
    ["requests"],
    document.requests.map(({ id }) => id),
  ),
  ...repeated(
    ["letter", "offices"],
    document.letter.offices.map(({ id }) => id),
  ),
  ...repeated(
    ["evidenceKinds"],
    document.evidenceKinds.map(({ id }) => id),
  ),
  ...repeated(
    ["surveys"],
    document.surveys.map(({ id }) => id),
  ),
  ...repeated(
    ["report", "sections"],
    outlineIn(document, document.standards).map(({ id }) => id),
  ),
  ...repeated(
    ["report", "tables"],
    (document.report.tables ?? []).map(({ id }) => id),
  ),
  ...repeated(
    ["partners"],
    document.partners.map(({ id }) => id),
  ),
];

const misfitsOfScale = (scale: Scale, i: number): readonly Misfit[] => [
  ...repeated(["scales", i, "grades"], gradesOf(scale)),
  ...repeated(
    ["scales", i, "grades"],
    scale.grades.map(({ short }) => short),
  ),
  ...scale.grades.flatMap(({ points }, place) =>
    unless(place === 0 || points >= scale.grades[place - 1]!.points, {
      path: ["scales", i, "grades", place, "points"],
      message: "a better grade has no fewer points than the one before",
    }),
  ),
];

const misfitsOfStandard = (document: Parts, standard: Standard, path: Path): readonly Misfit[] => {
  const scale = scaleOf(document, standard.scale);
  const grades = scale ? gradesOf(scale) : [];
  return [
    ...unless(scale !== undefined, {
      path: [...path, "scale"],
      message: `there is no scale ${standard.scale}`,
    }),
    ...unless(
      document.domains.some(({ number }) => number === standard.domain),
      { path: [...path, "domain"], message: "the domain is listed" },
    ),
    ...unless(!standard.scored || standard.appliesWhere === undefined, {
      path: [...path, "scored"],
      message: "a standard that need not apply cannot be scored",
    }),
    ...Object.keys(standard.characteristics ?? {}).flatMap((grade) =>
      unless(grades.includes(grade), {
        path: [...path, "characteristics", grade],
        message: `no grade of the scale ${standard.scale}`,
      }),
    ),
    ...(standard.appliesWhere
      ? misfitsOfPredicate(standard.appliesWhere.cases, document.columns, [...path, "appliesWhere"])
      : []),
    ...misfitsOfQuestions(document, standard, [...path, "keyQuestions"]),
    ...(standard.judged === "by-questions"
      ? misfitsOfCombining(document, partsIn(standard), standard, path)
      : []),
  ];
};

/** The graded parts of a standard that is made of its questions. */
const partsIn = (standard: Extract<Standard, { judged: "by-questions" }>): readonly PartOf[] =>
  standard.keyQuestions.flatMap((question) =>
    question.judged === "by-cases"
      ? [{ code: question.code, scale: standard.scale }]
      : question.scale === undefined
        ? []
        : [{ code: question.code, scale: question.scale }],
  );

const misfitsOfQuestions = (document: Parts, standard: Standard, path: Path): readonly Misfit[] => {
  const known = [...document.columns, ...document.caseFacts];
  const populations = new Set<string>();
  return [
    ...repeated(
      path,
      standard.keyQuestions.map(({ code }) => code),
    ),
    ...repeated(
      path,
      standard.keyQuestions.map(({ name }) => name),
    ),
    ...standard.keyQuestions.flatMap((question, i): readonly Misfit[] => {
      const at = [...path, i];
      const belongs = unless(question.code.startsWith(`${standard.code}.`), {
        path: [...at, "code"],
        message: `the code begins with its standard's, ${standard.code}`,
      });
      if (question.judged === "by-people") {
        const graded = question.scale === undefined || scaleOf(document, question.scale);
        return [
          ...belongs,
          ...unless(!!graded, { path: [...at, "scale"], message: `there is no such scale` }),
          ...unless(standard.judged === "by-questions" || question.scale === undefined, {
            path: [...at, "scale"],
            message: "people grade the standard here, not its questions",
          }),
        ];
      }
      populations.add(question.population);
      return [
        ...belongs,
        ...unless(
          document.populations.some(({ name }) => name === question.population),
          { path: [...at, "population"], message: `there is no population ${question.population}` },
        ),
        ...unless(document.caseBands[standard.scale] !== undefined, {
          path: ["caseBands"],
          message: `bands of percentages are missing for the scale ${standard.scale}`,
        }),
        ...unless(standard.judged !== "by-cases" || populations.size === 1, {
          path: [...at, "population"],
          message: "a standard judged on cases asks one population",
        }),
        ...(question.relevance.where
          ? misfitsOfPredicate(question.relevance.where, known, [...at, "relevance", "where"])
          : []),
        ...repeated(
          [...at, "prompts"],
          question.prompts.map(({ code }) => code),
        ),
        ...question.prompts.flatMap(({ code }, prompt) =>
          unless(keyQuestionOf(code) === question.code, {
            path: [...at, "prompts", prompt, "code"],
            message: `the code begins with its key question's, ${question.code}`,
          }),
        ),
      ];
    }),
  ];
};

const misfitsOfKinds = (document: Parts): readonly Misfit[] =>
  document.kinds.flatMap(({ id, domains: rated = [] }, i) => [
    ...rated.flatMap((number, at) =>
      unless(
        document.domains.some((domain) => domain.number === number),
        { path: ["kinds", i, "domains", at], message: "the domain is listed" },
      ),
    ),
    ...(rated.length > 0 ? misfitsOfOverall(underKind(document, id)) : []).map(
      ({ path, message }): Misfit => ({
        path: ["kinds", i],
        message: `${path.join(".")} does not fit this kind: ${message}`,
      }),
    ),
  ]);

/** What is asked for, and when a sample is drawn, follow from whether cases are sampled. */
const misfitsOfSampling = ({ populations, requests, ruleset }: Parts): readonly Misfit[] => {
  const samples = populations.length > 0;
  const lists = requests.some(({ id }) => id === CASE_LIST);
  return [
    ...unless(samples === lists, {
      path: ["requests"],
      message: samples
        ? `a framework that samples cases asks for them: the request ${CASE_LIST} is missing`
        : `no cases are sampled, so there is nothing to ask for by the request ${CASE_LIST}`,
    }),
    ...unless(samples === (ruleset.timetable.sample !== undefined), {
      path: ["ruleset", "timetable", "sample"],
      message: samples ? "the sample needs a day" : "no cases are sampled",
    }),
  ];
};

/** Each setting that is marked as provisional stands in the document. */
const misfitsOfProvisional = (document: Parts): readonly Misfit[] =>
  document.provisional.flatMap(({ at }, i) =>
    at.flatMap((place, j) =>
      unless(isIn(document, place), {
        path: ["provisional", i, "at", j],
        message: `there is no ${place} in the document`,
      }),
    ),
  );

const isIn = (document: unknown, place: string): boolean => {
  let found = document;
  for (const key of place.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return false;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return true;
};
