/** Standards that a published report does not rate, and ratings for which it has no cases. */
import type { Framework } from "../framework/document.ts";
import type { QuestionCount } from "./question-count.ts";
import type { FileProblem, PublishedInspection } from "./published-file.ts";

/**
 * The scored standards without a rating: each judged by cases, and those that people judge where
 * the whole domain has none.
 */
export const unratedIn = (
  file: PublishedInspection,
  { standards }: Framework,
): readonly string[] => {
  const ratingOf = ({ code }: { readonly code: string }) =>
    file.standards[code]?.rating ?? file.domainOne[code];
  const rated = new Set(standards.filter(ratingOf).map(({ domain }) => domain));
  return standards
    .filter((standard) => standard.scored && !ratingOf(standard))
    .filter(({ code, domain }) => !rated.has(domain) || file.standards[code] !== undefined)
    .map(({ code }) => code);
};

/** Ratings on cases of which there are none. */
export const withoutCases = (
  { standards }: PublishedInspection,
  questions: readonly QuestionCount[],
): readonly FileProblem[] =>
  Object.entries(standards).flatMap(([code, { rating }]) => {
    const own = questions.filter(({ standard }) => standard.code === code);
    return rating && own.length > 0 && own.every(({ relevant }) => relevant === 0)
      ? [
          {
            place: `standards.${code}.rating`,
            problem: `${rating} is published, and no key question concerns any case`,
          },
        ]
      : [];
  });
