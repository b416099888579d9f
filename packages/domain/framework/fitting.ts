/**
 * Whether the parts of a framework's document fit each other: what a schema cannot say of one part
 * alone. The engine relies on it and never checks again.
 */
import type { Column } from "./case-list-settings.ts";
import type { Combine, Limit } from "./combining.ts";
import type { DocumentShape } from "./document.ts";
import { asked, type Predicate } from "./predicate.ts";
import { type Floors, gradesOf, type Scale } from "./scale.ts";
import type { Standard } from "./standard.ts";
import type { z } from "zod";

type Parts = z.infer<typeof DocumentShape>;
type Path = readonly (string | number)[];

/** A place in the document and what is wrong there. */
export type Misfit = { readonly path: Path; readonly message: string };

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
    ["surveys"],
    document.surveys.map(({ id }) => id),
  ),
  ...repeated(
    ["report", "sections"],
    document.report.sections.map(({ id }) => id),
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

const scaleOf = ({ scales }: Parts, id: string): Scale | undefined =>
  scales.find((scale) => scale.id === id);

const misfitsOfFloors = (
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

const misfitsOfColumns = ({ columns, populations, caseFacts }: Parts): readonly Misfit[] => {
  const purposes = columns.flatMap(({ purpose }) => (purpose ? [purpose] : []));
  const needed = populations.length === 0 ? [] : (["reference", "day"] as const);
  const taken = new Set(columns.map(({ name }) => name));
  return [
    ...repeated(["columns"], purposes),
    ...needed.flatMap((purpose) =>
      unless(purposes.includes(purpose), {
        path: ["columns"],
        message: `a framework that samples cases needs a column for the ${purpose}`,
      }),
    ),
    ...columns.flatMap(({ type, purpose }, i) =>
      unless((purpose === "day") === (type.kind === "day") || type.kind !== "day", {
        path: ["columns", i, "type"],
        message: "the column for the day holds days",
      }),
    ),
    ...caseFacts.flatMap(({ name }, i) =>
      unless(!taken.has(name), {
        path: ["caseFacts", i, "name"],
        message: "a column has this name already",
      }),
    ),
  ];
};

const misfitsOfPopulations = (document: Parts): readonly Misfit[] =>
  document.populations.flatMap((population, i) => {
    const path = ["populations", i];
    const earlier = document.populations.slice(0, i).map(({ name }) => name);
    const { size } = population;
    const windows = population.windows.slice(1).flatMap((window, at) => {
      const before = population.windows[at]!;
      return unless(window.from <= before.from && window.to >= before.to, {
        path: [...path, "windows", at + 1],
        message: "each window contains the one before",
      });
    });
    return [
      ...misfitsOfPredicate(population.where, document.columns, [...path, "where"]),
      ...population.balancedOn.flatMap((name, at) =>
        unless(
          document.columns.some((column) => column.name === name),
          { path: [...path, "balancedOn", at], message: `there is no column ${name}` },
        ),
      ),
      ...(size.by === "ratio"
        ? unless(earlier.includes(size.to), {
            path: [...path, "size", "to"],
            message: "the size follows a population that stands before this one",
          })
        : []),
      ...windows,
    ];
  });

type Named = Pick<Column, "name" | "type">;

const misfitsOfPredicate = (
  predicate: Predicate,
  names: readonly Named[],
  path: Path,
): readonly Misfit[] =>
  asked(predicate).flatMap(({ name, values }) => {
    const found = names.find((each) => each.name === name);
    if (!found) return [{ path, message: `there is no column or fact ${name}` }];
    return values.flatMap((value) =>
      unless(allows(found.type, value), {
        path,
        message: `${name} is never ${JSON.stringify(value)}`,
      }),
    );
  });

const allows = (type: Named["type"], value: string | number | boolean): boolean => {
  switch (type.kind) {
    case "choice":
      return type.values.some((choice) => choice.value === value);
    case "yes-no":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "text":
    case "day":
      return typeof value === "string";
  }
};

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

type PartOf = { readonly code: string; readonly scale: string };

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
          unless(code.replace(/[a-z]+$/, "") === question.code, {
            path: [...at, "prompts", prompt, "code"],
            message: `the code begins with its key question's, ${question.code}`,
          }),
        ),
      ];
    }),
  ];
};

type Combined = {
  readonly scale: string;
  readonly combine: Combine;
  readonly limits?: readonly Limit[] | undefined;
};

const misfitsOfCombining = (
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
const unreachable = (
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

const misfitsOfDomain = (
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
    ...misfitsOfCombining(document, parts, rating, [...path, "rating"]),
  ];
};

const misfitsOfOverall = (document: Parts): readonly Misfit[] => {
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

const misfitsOfKinds = ({ kinds, domains }: Parts): readonly Misfit[] =>
  kinds.flatMap(({ domains: rated = [] }, i) =>
    rated.flatMap((number, at) =>
      unless(
        domains.some((domain) => domain.number === number),
        { path: ["kinds", i, "domains", at], message: "the domain is listed" },
      ),
    ),
  );

const repeated = (path: Path, names: readonly string[]): readonly Misfit[] =>
  names.flatMap((name, i) =>
    unless(names.indexOf(name) === i, { path: [...path, i], message: `${name} appears twice` }),
  );

const unless = (fits: boolean, misfit: Misfit): readonly Misfit[] => (fits ? [] : [misfit]);
