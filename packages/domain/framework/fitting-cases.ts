/** Whether columns, populations and conditions on cases fit each other. */
import type { Column } from "./case-list-settings.ts";
import { type Misfit, type Parts, type Path, repeated, unless } from "./misfit.ts";
import { asked, type Predicate } from "./predicate.ts";

export const misfitsOfColumns = ({ columns, populations, caseFacts }: Parts): readonly Misfit[] => {
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

export const misfitsOfPopulations = (document: Parts): readonly Misfit[] =>
  document.populations.flatMap((population, i) => {
    const path = ["populations", i];
    const earlier = document.populations.slice(0, i).map(({ name }) => name);
    const { size } = population;
    const named = (part: "balancedOn" | "onceFor") =>
      (population[part] ?? []).flatMap((name, at) =>
        unless(
          document.columns.some((column) => column.name === name),
          { path: [...path, part, at], message: `there is no column ${name}` },
        ),
      );
    const windows = population.windows.slice(1).flatMap((window, at) => {
      const before = population.windows[at]!;
      return unless(window.from <= before.from && window.to >= before.to, {
        path: [...path, "windows", at + 1],
        message: "each window contains the one before",
      });
    });
    return [
      ...misfitsOfPredicate(population.where, document.columns, [...path, "where"]),
      ...(population.mix ?? []).flatMap(({ where }, at) =>
        misfitsOfPredicate(where, document.columns, [...path, "mix", at, "where"]),
      ),
      ...named("balancedOn"),
      ...named("onceFor"),
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

export const misfitsOfPredicate = (
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
