/** What a framework's standards are, by code and by how they are judged. */
import type { Framework } from "./document.ts";
import { type CaseValues, holds } from "./predicate.ts";
import type { Floors, Rating, Scale } from "./scale.ts";
import type {
  CaseQuestion,
  CaseStandard,
  PeopleQuestion,
  PeopleStandard,
  Standard,
} from "./standard.ts";

export const standardIn = (framework: Framework, code: string): Standard | undefined =>
  framework.standards.find((standard) => standard.code === code);

/** The standard of that code, or the one with the key question of that code. */
export const standardOver = (framework: Framework, code: string): Standard | undefined =>
  standardIn(framework, code) ??
  framework.standards.find((each) => each.keyQuestions.some((asked) => asked.code === code));

/** The standards judged on cases, of one population or of all, in order. */
export const caseStandards = (framework: Framework, population?: string): readonly CaseStandard[] =>
  framework.standards
    .filter((standard) => standard.judged === "by-cases")
    .filter((standard) => population === undefined || populationOf(standard) === population);

/** The population on whose cases the standard is judged. */
export const populationOf = ({ keyQuestions }: CaseStandard): string => keyQuestions[0]!.population;

export const peopleStandards = (framework: Framework): readonly PeopleStandard[] =>
  framework.standards.filter((standard) => standard.judged === "by-people");

/** A key question with its standard, where it is judged on cases. */
export type Located = { readonly standard: Standard; readonly keyQuestion: CaseQuestion };

/** Every key question answered on the cases of one population or of all, in order. */
export const caseKeyQuestions = (framework: Framework, population?: string): readonly Located[] => {
  const all = [...locatedIn(framework).values()];
  return population === undefined
    ? all
    : all.filter(({ keyQuestion }) => keyQuestion.population === population);
};

export const keyQuestionIn = (framework: Framework, code: string): Located | undefined =>
  locatedIn(framework).get(code);

const located = new WeakMap<Framework, ReadonlyMap<string, Located>>();

/** By code, in order. Asked for each answer, so a document is gone through once. */
const locatedIn = (framework: Framework): ReadonlyMap<string, Located> => {
  const known = located.get(framework);
  if (known) return known;
  const found = new Map<string, Located>();
  for (const standard of framework.standards)
    for (const keyQuestion of standard.keyQuestions)
      if (keyQuestion.judged === "by-cases") found.set(keyQuestion.code, { standard, keyQuestion });
  located.set(framework, found);
  return found;
};

/** Whether the standard is rated at a service that has these cases. */
export const applies = (standard: Standard, found: Iterable<CaseValues>): boolean => {
  const { appliesWhere } = standard;
  return !appliesWhere || [...found].some((profile) => holds(appliesWhere.cases, profile));
};

/** The standards whose ratings count towards the overall rating, in order. */
export const scoredStandards = (framework: Framework): readonly string[] =>
  framework.standards.filter(({ scored }) => scored).map(({ code }) => code);

/** Throws a RangeError for a scale that the framework does not have. */
export const scaleNamed = ({ scales }: Framework, id: string): Scale => {
  const scale = scales.find((each) => each.id === id);
  if (!scale) throw new RangeError(`there is no scale ${id}`);
  return scale;
};

/** What people judge: a standard, a key question of one that is made of its questions, a domain. */
export type Judged = {
  readonly code: string;
  readonly label: string;
  readonly standard: Standard;
  readonly scale: Scale;
};

/** What people decide from evidence under a standard, in order; none where the cases decide. */
export const judgedByPeople = (framework: Framework, standard: Standard): readonly Judged[] => {
  if (standard.judged === "by-cases") return [];
  const whole = judgedWhole(framework, standard);
  if (standard.judged === "by-people") return [whole];
  const questions = standard.keyQuestions.flatMap((question) =>
    question.judged === "by-people" && question.scale !== undefined
      ? [{ ...whole, ...named(question), scale: scaleNamed(framework, question.scale) }]
      : [],
  );
  return standard.combine.by === "people" ? [...questions, whole] : questions;
};

/** All that people decide of these standards, each domain that they grade after its standards. */
export const judgedAmong = (
  framework: Framework,
  standards: readonly Standard[],
): readonly Judged[] =>
  framework.domains.flatMap((domain) => {
    const own = standards.filter((standard) => standard.domain === domain.number);
    return [
      ...own.flatMap((standard) => judgedByPeople(framework, standard)),
      ...judgedDomain(framework, domain, own),
    ];
  });

/** The domain as something that people judge as a whole, from all evidence on its standards. */
const judgedDomain = (
  framework: Framework,
  { number, label, rating }: Framework["domains"][number],
  standards: readonly Standard[],
): readonly Judged[] => {
  if (rating?.combine.by !== "people" || standards.length === 0) return [];
  const keyQuestions = standards.flatMap((standard) =>
    questionsIn(standard).map((question) => ({
      ...named(question),
      name: question.name,
      judged: "by-people" as const,
    })),
  );
  const code = domainCode(number);
  const whole = { code, domain: number, label, scale: rating.scale, scored: false, keyQuestions };
  return [judgedWhole(framework, { ...whole, judged: "by-people" })];
};

/** What a domain is called beside standards and key questions: its number. */
export const domainCode = (number: number): string => String(number);

/** A domain as pages name it. Throws a RangeError for one that the framework does not have. */
export const domainNamed = ({ domains }: Framework, number: number): string => {
  const domain = domains.find((each) => each.number === number);
  if (!domain) throw new RangeError(`there is no domain ${number}`);
  return `Domain ${number}: ${domain.label}`;
};

/** The domains that people grade as a whole. */
export const domainsOf = (framework: Framework, standards: readonly Standard[]) =>
  judgedAmong(framework, standards).filter(
    ({ code, standard }) => standard.code === code && !standards.includes(standard),
  );

const named = ({ code, label }: { readonly code: string; readonly label: string }) => ({
  code,
  label,
});

/** The questions of a standard that are answered on cases. */
export const caseQuestionsOf = (standard: Standard): readonly CaseQuestion[] =>
  questionsIn(standard).filter((question) => question.judged === "by-cases");

export const questionsIn = ({
  keyQuestions,
}: Standard): readonly (CaseQuestion | PeopleQuestion)[] => keyQuestions;

const judgedWhole = (framework: Framework, standard: Standard): Judged => ({
  code: standard.code,
  label: standard.label,
  standard,
  scale: scaleNamed(framework, standard.scale),
});

/** The scale of a standard or of a key question that is graded by itself. */
export const scaleOf = (framework: Framework, code: string): Scale | undefined => {
  const standard = standardIn(framework, code);
  if (standard) return scaleNamed(framework, standard.scale);
  const domain = framework.domains.find(({ number }) => domainCode(number) === code);
  if (domain?.rating) return scaleNamed(framework, domain.rating.scale);
  for (const each of framework.standards) {
    const question = each.keyQuestions.find((asked) => asked.code === code);
    if (question) {
      const own = question.judged === "by-people" ? question.scale : each.scale;
      return own === undefined ? undefined : scaleNamed(framework, own);
    }
  }
  return undefined;
};

/** What the answers on cases are rated by: a scale, its bands of percentages, the rounding. */
export type CaseRules = {
  readonly scale: Scale;
  readonly bands: Floors;
  readonly rounding: Framework["ruleset"]["rounding"];
  readonly discretion: Framework["ruleset"]["discretion"];
};

export const caseRulesOf = (
  framework: Framework,
  standard: { readonly scale: string },
): CaseRules => ({
  scale: scaleNamed(framework, standard.scale),
  bands: framework.caseBands[standard.scale] ?? {},
  rounding: framework.ruleset.rounding,
  discretion: framework.ruleset.discretion,
});

/** Every grade's label that the framework has, each once, the lowest of the first scale first. */
export const everyGrade = ({ scales }: Framework): readonly Rating[] => [
  ...new Set(scales.flatMap(({ grades }) => grades.map(({ label }) => label))),
];
