/** A framework for one of its kinds of inspection: what that kind does not rate is left out. */
import type { Parts } from "./misfit.ts";

/** Left out, the kind is the usual one: the first. */
export const underKind = <Document extends Parts>(document: Document, kind?: string): Document => {
  const { domains: rated, unannounced } =
    document.kinds.find(({ id }) => id === kind) ?? document.kinds[0]!;
  const of = (number: number): boolean => !rated || rated.includes(number);
  return {
    ...document,
    domains: document.domains.filter(({ number }) => of(number)),
    standards: document.standards.filter(({ domain }) => of(domain)),
    ...(unannounced && { ruleset: { ...document.ruleset, timetable: atTheDoor(document) } }),
  };
};

/** The body is told on the first day of fieldwork. */
const atTheDoor = ({ ruleset: { timetable } }: Parts): Parts["ruleset"]["timetable"] => ({
  ...timetable,
  announcement: { from: "fieldwork-start", workingDays: 0 },
});
