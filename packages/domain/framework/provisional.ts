/**
 * Which settings that the authority has not published decide which ratings and figures: each is
 * shown beside what it decides. Places are those of the document, such as `overall.combine`.
 */
import type { Framework } from "./document.ts";
import type { Provisional } from "./document-shape.ts";
import type { Standard } from "./standard.ts";

/** The settings that stand in a part of the document, such as `ruleset.timetable`. */
export const provisionalIn = (framework: Framework, part: string): readonly Provisional[] =>
  framework.provisional.filter(({ at }) =>
    at.some((place) => isWithin(place, part) || isWithin(part, place)),
  );

/**
 * The settings on which a rating rests: of a standard by its code, of a domain by its number, or
 * `overall`. A rating that is made of others rests on theirs, too.
 */
export const provisionalOn = (framework: Framework, subject: string): readonly Provisional[] =>
  framework.provisional.filter(({ at }) =>
    at.some((place) => decidedBy(framework, place).includes(subject)),
  );

const isWithin = (place: string, part: string): boolean => `${place}.`.startsWith(`${part}.`);

/** What a place decides, and what is made of it. */
const decidedBy = (framework: Framework, place: string): readonly string[] => {
  const { domains, overall } = framework;
  const standards = framework.standards.filter((standard, at) =>
    decides({ framework, place }, standard, at),
  );
  const graded = domains.filter(
    ({ number, rating }, at) =>
      rating &&
      (isWithin(place, `domains.${at}`) ||
        isScale(framework, place, rating.scale) ||
        standards.some(({ domain }) => domain === number)),
  );
  const below =
    overall?.of === "domains" ? graded.length > 0 : standards.some(({ scored }) => scored);
  const whole =
    overall && (below || isWithin(place, "overall") || isScale(framework, place, overall.scale));
  return [
    ...standards.map(({ code }) => code),
    ...graded.map(({ number }) => String(number)),
    ...(whole ? ["overall"] : []),
  ];
};

type Placed = { readonly framework: Framework; readonly place: string };

const decides = ({ framework, place }: Placed, standard: Standard, at: number): boolean => {
  const onCases = standard.keyQuestions.flatMap((question) =>
    question.judged === "by-cases" ? [question] : [],
  );
  const scales = [
    standard.scale,
    ...standard.keyQuestions.flatMap((question) =>
      question.judged === "by-people" && question.scale !== undefined ? [question.scale] : [],
    ),
  ];
  const within = (part: string): boolean => isWithin(place, part) || isWithin(part, place);
  if (within(`standards.${at}`) || scales.some((id) => isScale(framework, place, id))) return true;
  if (onCases.length === 0) return false;
  return (
    within(`caseBands.${standard.scale}`) ||
    within("ruleset.rounding") ||
    isWithin(place, "caseFacts") ||
    isWithin(place, "columns") ||
    (isWithin(place, "ruleset.discretion") && movable(framework, standard)) ||
    framework.populations.some(
      ({ name }, i) =>
        within(`populations.${i}`) && onCases.some(({ population }) => population === name),
    )
  );
};

const movable = ({ ruleset }: Framework, { judged, domain }: Standard): boolean =>
  judged === "by-cases" && (ruleset.discretion?.domains.includes(domain) ?? false);

const isScale = ({ scales }: Framework, place: string, id: string): boolean => {
  const own = `scales.${scales.findIndex((scale) => scale.id === id)}`;
  return isWithin(place, own) || place === "scales";
};
