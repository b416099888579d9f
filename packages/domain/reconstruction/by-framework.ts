/** The framework of a published inspection, and what in the file does not belong to it. */
import type { Framework } from "../framework/document.ts";
import { gradesOf, type Rating, type Scale } from "../framework/scale.ts";
import { scaleNamed, scaleOf } from "../framework/standards.ts";
import { timetableFor } from "../framework/timetable.ts";
import { type Versions, versionById, versionOn } from "../framework/versions.ts";
import type { Day } from "../kernel/instants.ts";
import { beginnings, weekFrom, workingFieldwork } from "./days.ts";
import type { FileProblem, PublishedInspection, ReadFile } from "./published-file.ts";

/** The one that the file names; else the one that was in force when it was announced. */
export const frameworkOf = (
  { framework: named, fieldwork }: PublishedInspection,
  known: Versions,
): ReadFile<Framework> => {
  const ids = `known: ${known.map(({ framework: { id } }) => id).join(", ")}`;
  if (named !== undefined) {
    const framework = versionById(named, known);
    if (!framework) return failed("framework", `there is no framework of that name; ${ids}`);
    return { ok: true, value: framework };
  }
  if (!fieldwork) {
    return failed("framework", `is missing where the days of fieldwork are not known; ${ids}`);
  }
  const [first, last] = beginnings(fieldwork).map((day) => inForceFor(day, known));
  if (!first || !last) {
    return failed("fieldwork.start", `no framework that we know was in force then; ${ids}`);
  }
  if (first !== last) {
    const either = `${first.id} or ${last.id}`;
    return failed("framework", `is missing where the month leaves open which it was: ${either}`);
  }
  return { ok: true, value: first };
};

const failed = (place: string, problem: string) =>
  ({ ok: false, problems: [{ place, problem }] }) as const;

/** How long before fieldwork an inspection is announced is asked of the version in force then. */
const inForceFor = (start: Day, known: Versions): Framework | undefined => {
  const guess = versionOn(start, known);
  if (!guess) return undefined;
  const { announcement } = timetableFor(workingFieldwork(weekFrom(start)), guess);
  return versionOn(announcement, known) ?? guess;
};

/** Standards and key questions that are missing, or that the framework does not have. */
export const strangers = (
  { standards, domainOne, discretion }: PublishedInspection,
  framework: Framework,
  unrated: readonly string[],
): readonly FileProblem[] => {
  const problems: FileProblem[] = [];
  if (framework.standards.every(({ code, scored }) => !scored || unrated.includes(code))) {
    problems.push({ place: "standards", problem: "no standard is rated" });
  }
  const codes = framework.standards.map(({ code }): string => code);
  const unknown = (place: string, code: string): void => {
    if (!codes.includes(code)) problems.push({ place, problem: `unknown standard ${code}` });
  };
  for (const code of Object.keys(standards)) unknown(`standards.${code}`, code);
  for (const code of Object.keys(domainOne)) unknown(`domainOne.${code}`, code);
  for (const code of Object.keys(discretion)) unknown(`discretion.${code}`, code);
  for (const standard of framework.standards) {
    const { code } = standard;
    if (unrated.includes(code)) continue;
    if (standard.judged === "by-people") {
      if (standard.scored && !domainOne[code] && !standards[code]) {
        problems.push({ place: `domainOne.${code}`, problem: "its rating is missing" });
      }
      continue;
    }
    const questions = standards[code]?.keyQuestions;
    if (!questions) {
      problems.push({ place: `standards.${code}`, problem: "its key questions are missing" });
      continue;
    }
    const names = standard.keyQuestions.map(({ name }) => name);
    for (const name of Object.keys(questions).filter((each) => !names.includes(each))) {
      const place = `standards.${code}.keyQuestions.${name}`;
      problems.push({ place, problem: `unknown key question; expected ${names.join(", ")}` });
    }
  }
  return problems;
};

/** Ratings that are no grades of their standard's scale, or of the overall one. */
export const noGrades = (
  file: PublishedInspection,
  framework: Framework,
): readonly FileProblem[] => {
  const { overall, standards, domainOne, discretion } = file;
  const total = framework.overall && scaleNamed(framework, framework.overall.scale);
  const given: readonly (readonly [string, Rating | undefined, Scale | undefined])[] = [
    ["overall", overall, total],
    ...Object.entries(standards).map(
      ([code, { rating }]) =>
        [`standards.${code}.rating`, rating, scaleOf(framework, code)] as const,
    ),
    ...Object.entries(domainOne).map(
      ([code, rating]) => [`domainOne.${code}`, rating, scaleOf(framework, code)] as const,
    ),
    ...Object.entries(discretion).flatMap(([code, moved]) =>
      (["from", "to"] as const).map(
        (end) => [`discretion.${code}.${end}`, moved[end], scaleOf(framework, code)] as const,
      ),
    ),
  ];
  return given.flatMap(([place, rating, scale]) => {
    if (rating === undefined) return [];
    if (!scale) return place === "overall" ? [{ place, problem: "the framework has none" }] : [];
    const grades = gradesOf(scale);
    return grades.includes(rating)
      ? []
      : [{ place, problem: `is none of ${grades.toReversed().join(", ")}` }];
  });
};
