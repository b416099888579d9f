/**
 * Whether the parts of a framework version fit each other: what a schema cannot say of one part
 * alone. The engine relies on it and never checks again.
 */
import { keyQuestionOf, standardOf } from "../kernel/codes.ts";
import { Rating, type Ruleset } from "./format-1-ruleset.ts";

/** As much of a standard as has to fit something else. */
type Standard = {
  readonly code: string;
  readonly domain: number;
  readonly scored: boolean;
  readonly appliesWhere?: unknown;
  readonly keyQuestions: readonly {
    readonly code: string;
    readonly name: string;
    readonly prompts?: readonly { readonly code: string }[];
  }[];
};

type Parts = {
  readonly domains: readonly { readonly number: number }[];
  readonly standards: readonly Standard[];
  readonly ruleset: Ruleset;
};

/** A place in the document and what is wrong there. */
export type Misfit = { readonly path: readonly (string | number)[]; readonly message: string };

/** Everything that does not fit, in the document's order; empty when all is well. */
export const misfits = (version: Parts): readonly Misfit[] => [
  ...repeated(
    "domain",
    ["domains"],
    version.domains.map(({ number }) => String(number)),
  ),
  ...repeated("standard", ["standards"], codesOf(version.standards)),
  ...version.standards.flatMap((standard, i) => [
    ...misplaced(standard, version.domains, ["standards", i]),
    ...misfitsOfQuestions(standard, ["standards", i, "keyQuestions"]),
  ]),
  ...unreachable(version),
];

type Path = Misfit["path"];

const misplaced = (
  standard: Standard,
  domains: Parts["domains"],
  path: Path,
): readonly Misfit[] => [
  ...unless(standard.code.startsWith(`${standard.domain}.`), {
    path: [...path, "code"],
    message: "the code begins with the domain's number",
  }),
  ...unless(
    domains.some(({ number }) => number === standard.domain),
    {
      path: [...path, "domain"],
      message: "the domain is listed",
    },
  ),
  ...unless(!standard.scored || standard.appliesWhere === undefined, {
    path: [...path, "scored"],
    message: "a standard that need not apply cannot be scored",
  }),
];

const misfitsOfQuestions = (standard: Standard, path: Path): readonly Misfit[] => [
  ...repeated("key question", path, codesOf(standard.keyQuestions)),
  ...repeated(
    "name",
    path,
    standard.keyQuestions.map(({ name }) => name),
  ),
  ...codesOf(standard.keyQuestions).flatMap((code, i) =>
    unless(standardOf(code) === standard.code, {
      path: [...path, i, "code"],
      message: `${code} belongs to the standard`,
    }),
  ),
  ...standard.keyQuestions.flatMap(({ code, prompts = [] }, i) => [
    ...repeated("prompt", [...path, i, "prompts"], codesOf(prompts)),
    ...codesOf(prompts).flatMap((prompt, j) =>
      unless(keyQuestionOf(prompt) === code, {
        path: [...path, i, "prompts", j, "code"],
        message: `${prompt} belongs to the key question`,
      }),
    ),
  ]),
];

/** Bands of the total that no set of ratings reaches, such as those of another framework. */
const unreachable = ({ standards, ruleset }: Parts): readonly Misfit[] => {
  const best = Math.max(...Rating.options.map((rating) => ruleset.scores[rating]));
  const max = standards.filter(({ scored }) => scored).length * best;
  return Rating.options.flatMap((rating) =>
    unless(ruleset.overallBands[rating] <= max, {
      path: ["ruleset", "overallBands", rating],
      message: `the total reaches no more than ${max}`,
    }),
  );
};

const codesOf = (parts: readonly { readonly code: string }[]): readonly string[] =>
  parts.map(({ code }) => code);

const repeated = (what: string, path: Path, names: readonly string[]): readonly Misfit[] =>
  names.flatMap((name, i) =>
    unless(names.indexOf(name) === i, {
      path: [...path, i],
      message: `${what} ${name} appears twice`,
    }),
  );

const unless = (holds: boolean, misfit: Misfit): readonly Misfit[] => (holds ? [] : [misfit]);
