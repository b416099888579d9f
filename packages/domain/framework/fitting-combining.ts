/** Whether ways of combining, bands and limits fit the grades that they combine. */
import type { Combine, Limit } from "./combining.ts";
import { type Misfit, type Parts, type Path, scaleOf, unless } from "./misfit.ts";
import { type Floors, gradesOf } from "./scale.ts";

export type PartOf = { readonly code: string; readonly scale: string };

type Combined = {
  readonly scale: string;
  readonly combine: Combine;
  readonly limits?: readonly Limit[] | undefined;
};

export const misfitsOfCombining = (
  document: Parts,
  parts: readonly PartOf[],
  { scale: id, combine, limits = [] }: Combined,
  path: Path,
): readonly Misfit[] => {
  const scale = scaleOf(document, id);
  if (!scale) return [];
  const grades = gradesOf(scale);
  const codes = parts.map(({ code }) => code);
  const parted = new Set(
    parts.flatMap((part) => scaleOf(document, part.scale)?.grades.map(({ label }) => label) ?? []),
  );
  const counts = (where: Limit["where"], at: Path): readonly Misfit[] =>
    where.flatMap((count, i) => [
      ...count.grades.flatMap((grade) =>
        unless(parted.has(grade), {
          path: [...at, "where", i, "grades"],
          message: `no part has the grade ${grade}`,
        }),
      ),
      ...(count.of ?? []).flatMap((code) =>
        unless(codes.includes(code), {
          path: [...at, "where", i, "of"],
          message: `there is no part ${code}`,
        }),
      ),
    ]);
  const results = [
    ...(combine.by === "first-rule"
      ? [...combine.rules.map(({ grade }) => grade), combine.otherwise]
      : []),
    ...limits.map(({ atMost }) => atMost),
  ];
  return [
    ...unless(combine.by === "people" || parts.length > 0, {
      path: [...path, "combine"],
      message: "there is nothing to combine",
    }),
    ...unless(combine.by !== "lowest" || parts.every((part) => part.scale === id), {
      path: [...path, "combine"],
      message: "the lowest is found only among grades of one scale",
    }),
    ...("bands" in combine
      ? misfitsOfFloors(document, id, combine.bands, [...path, "combine", "bands"])
      : []),
    ...results.flatMap((grade) =>
      unless(grades.includes(grade), {
        path: [...path, "combine"],
        message: `${grade} is no grade of the scale ${id}`,
      }),
    ),
    ...("bands" in combine ? unreachable(document, parts, combine, path) : []),
    ...(combine.by === "first-rule"
      ? combine.rules.flatMap(({ where }, i) => counts(where, [...path, "combine", "rules", i]))
      : []),
    ...limits.flatMap(({ where }, i) => counts(where, [...path, "limits", i])),
  ];
};

/** Bands that no set of grades reaches, such as those of another framework. */
export const unreachable = (
  document: Parts,
  parts: readonly PartOf[],
  combine: Extract<Combine, { bands: Floors }>,
  path: Path,
): readonly Misfit[] => {
  const best = parts.map((part) =>
    Math.max(0, ...(scaleOf(document, part.scale)?.grades.map(({ points }) => points) ?? [])),
  );
  const sum = best.reduce((total, points) => total + points, 0);
  const most = { sum, mean: sum / Math.max(1, best.length), "share-of-points": 100 }[combine.by];
  return Object.entries(combine.bands).flatMap(([grade, floor]) =>
    unless(floor <= most, {
      path: [...path, "combine", "bands", grade],
      message: `no set of grades gives more than ${most}`,
    }),
  );
};

export const misfitsOfDomain = (
  document: Parts,
  { number, rating }: Parts["domains"][number],
  path: Path,
): readonly Misfit[] => {
  if (!rating) return [];
  const parts = document.standards.filter(({ domain }) => domain === number);
  return [
    ...unless(scaleOf(document, rating.scale) !== undefined, {
      path: [...path, "rating", "scale"],
      message: `there is no scale ${rating.scale}`,
    }),
    ...unless(!document.standards.some(({ code }) => code === String(number)), {
      path: [...path, "number"],
      message: `a standard has the code ${number}, by which the domain's rating is known`,
    }),
    ...misfitsOfCombining(document, parts, rating, [...path, "rating"]),
  ];
};

export const misfitsOfOverall = (document: Parts): readonly Misfit[] => {
  const { overall, standards, domains } = document;
  if (!overall) return [];
  const parts =
    overall.of === "standards"
      ? standards.filter(({ scored }) => scored)
      : domains.flatMap(({ number, rating }) =>
          rating ? [{ code: String(number), scale: rating.scale }] : [],
        );
  return [
    ...unless(scaleOf(document, overall.scale) !== undefined, {
      path: ["overall", "scale"],
      message: `there is no scale ${overall.scale}`,
    }),
    ...misfitsOfCombining(document, parts, overall, ["overall"]),
  ];
};

export const misfitsOfFloors = (
  document: Parts,
  id: string,
  floors: Floors,
  path: Path,
): readonly Misfit[] => {
  const scale = scaleOf(document, id);
  if (!scale) return [{ path, message: `there is no scale ${id}` }];
  const grades = gradesOf(scale);
  const unknown = Object.keys(floors).filter((grade) => !grades.includes(grade));
  return [
    ...unknown.map((grade) => ({ path: [...path, grade], message: `no grade of the scale ${id}` })),
    ...grades.flatMap((grade, i) => {
      const floor = floors[grade];
      const before = floors[grades[i - 1] ?? ""];
      if (floor === undefined) return [{ path: [...path, grade], message: "its band is missing" }];
      const fits = i === 0 ? floor === 0 : before === undefined || before < floor;
      return unless(fits, {
        path: [...path, grade],
        message: "bands rise from 0, each above the one before",
      });
    }),
  ];
};
