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
    provisional: provisionalUnder(document, of),
    ...(unannounced && { ruleset: { ...document.ruleset, timetable: atTheDoor(document) } }),
  };
};

/** The places of what is left are others; a setting of what is left out decides nothing. */
const provisionalUnder = (
  { provisional, domains, standards }: Parts,
  of: (domain: number) => boolean,
): Parts["provisional"] => {
  const moved = (place: string): readonly string[] => {
    const [part, at, ...rest] = place.split(".");
    const numbers =
      part === "domains"
        ? domains.map(({ number }) => number)
        : part === "standards"
          ? standards.map(({ domain }) => domain)
          : undefined;
    if (!part || !numbers || at === undefined) return [place];
    if (!of(numbers[Number(at)]!)) return [];
    const before = numbers.slice(0, Number(at)).filter(of).length;
    return [[part, before, ...rest].join(".")];
  };
  return provisional.flatMap(({ at, ...said }) => {
    const places = at.flatMap(moved);
    return places.length > 0 ? [{ ...said, at: places }] : [];
  });
};

/** The body is told on the first day of fieldwork. */
const atTheDoor = ({ ruleset: { timetable } }: Parts): Parts["ruleset"]["timetable"] => ({
  ...timetable,
  announcement: { from: "fieldwork-start", workingDays: 0 },
});
