/**
 * The framework versions that an engine knows: two of ours and any that are given as data. An
 * inspection pins one by its id and digest when it is announced.
 */
import { digestOf } from "../kernel/canonical.ts";
import type { Digest } from "../kernel/ids.ts";
import type { Day } from "../kernel/instants.ts";
import type { DisposalType, Population } from "./case-profile.ts";
import {
  type CaseKeyQuestion,
  type CaseStandard,
  FrameworkVersion,
  type PeopleStandard,
  type Standard,
} from "./version.ts";
import { yos2018 } from "./yos-2018.ts";
import { yos2021 } from "./yos-2021.ts";

/** By rising first day. */
export type Versions = readonly FrameworkVersion[];

export const versions: Versions = [yos2018, yos2021];

/**
 * `known` with the version that `document` describes. Throws a ZodError naming each place that does
 * not fit; an id or a first day that is already taken is refused too, so none is ever replaced.
 */
export const withVersion = (known: Versions, document: unknown): Versions => {
  const parsed = FrameworkVersion.superRefine(({ id, from }, context) => {
    for (const path of ["id", "from"] as const) {
      const taken = known.some((version) => version[path] === { id, from }[path]);
      if (taken) context.addIssue({ code: "custom", path: [path], message: "already taken" });
    }
  }).parse(document);
  return [...known, parsed].toSorted((a, b) => (a.from < b.from ? -1 : 1));
};

export const versionById = (id: string, known: Versions = versions): FrameworkVersion | undefined =>
  known.find((version) => version.id === id);

/** The version for an inspection announced on `day`; undefined before the first. */
export const versionOn = (day: Day, known: Versions = versions): FrameworkVersion | undefined =>
  known.findLast(({ from }) => from <= day);

/** What an inspection pins: SHA-256 of the canonical JSON of the whole document. */
export const versionDigest = (version: FrameworkVersion): Digest => digestOf(version);

export const standardIn = (version: FrameworkVersion, code: string): Standard | undefined =>
  version.standards.find((standard) => standard.code === code);

/** The standards judged on cases, of one population or of both, in order. */
export const caseStandards = (
  version: FrameworkVersion,
  population?: Population,
): readonly CaseStandard[] =>
  version.standards
    .filter((standard) => standard.judged === "by-cases")
    .filter((standard) => population === undefined || standard.population === population);

export const peopleStandards = (version: FrameworkVersion): readonly PeopleStandard[] =>
  version.standards.filter((standard) => standard.judged === "by-people");

/** A key question with its standard, where it is judged on cases. */
export type Located = { readonly standard: CaseStandard; readonly keyQuestion: CaseKeyQuestion };

export const keyQuestionIn = (version: FrameworkVersion, code: string): Located | undefined => {
  for (const standard of caseStandards(version)) {
    const keyQuestion = standard.keyQuestions.find((question) => question.code === code);
    if (keyQuestion) return { standard, keyQuestion };
  }
  return undefined;
};

/** Every key question asked of a case of this population, in order. */
export const caseKeyQuestions = (
  version: FrameworkVersion,
  population: Population,
): readonly Located[] =>
  caseStandards(version, population).flatMap((standard) =>
    standard.keyQuestions.map((keyQuestion) => ({ standard, keyQuestion })),
  );

/** Whether the standard is rated at a service where these disposals were found. */
export const applies = (standard: Standard, found: ReadonlySet<DisposalType>): boolean =>
  standard.judged === "by-cases" ||
  standard.appliesWhere === undefined ||
  standard.appliesWhere.disposals.some((disposal) => found.has(disposal));

/** The standards whose ratings are added up, in order. */
export const scoredStandards = (version: FrameworkVersion): readonly string[] =>
  version.standards.filter(({ scored }) => scored).map(({ code }) => code);
