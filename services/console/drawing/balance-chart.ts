/** How well a sample mirrors the eligible cases: a pair of bars for each category. */
import type { BalanceLine } from "@assay/domain/sampling/balance.ts";

import type { Column } from "@assay/domain/framework/case-list-settings.ts";

import { plain } from "../wording/names.ts";
import { element, label, picture, type Svg } from "./svg.ts";

const size = { left: 190, width: 380, row: 30, gap: 12 } as const;

/** A line of the balance by the labels of its column and its value. */
type LabelledLine = BalanceLine & ReturnType<typeof labelsOf>;

export const labelsOf = ({ variable, category }: BalanceLine, columns: readonly Column[]) => {
  const column = columns.find(({ name }) => name === variable);
  const value =
    column?.type.kind === "choice" &&
    column.type.values.find((choice) => choice.value === category)?.label;
  return { variableLabel: column?.label ?? variable, categoryLabel: value || plain(category) };
};

export const drawBalance = (lines: readonly LabelledLine[], title: string): Svg => {
  const groups = [...new Set(lines.map(({ variable }) => variable))];
  let y = 26;
  const parts: string[] = [
    element("rect", { class: "balance-population", x: size.left, y: 2, width: 12, height: 10 }),
    label({ x: size.left + 18, y: 12 }, "eligible cases"),
    element("rect", { class: "balance-sample", x: size.left + 120, y: 2, width: 12, height: 10 }),
    label({ x: size.left + 138, y: 12 }, "sample"),
  ];
  for (const variable of groups) {
    const own = lines.filter((each) => each.variable === variable);
    const named = own[0]?.variableLabel ?? variable;
    parts.push(label({ x: 0, y: y + 10, class: "balance-variable" }, named));
    y += 20;
    for (const line of own) {
      parts.push(bars(line, y));
      y += size.row;
    }
    y += size.gap;
  }
  return picture(
    { width: size.left + size.width + 100, height: y, title, className: "balance" },
    ...parts,
  );
};

const bars = ({ categoryLabel, populationShare, sampleShare }: LabelledLine, y: number): Svg =>
  element(
    "g",
    {},
    label({ x: size.left - 10, y: y + 15, "text-anchor": "end" }, categoryLabel),
    bar("balance-population", populationShare, y),
    bar("balance-sample", sampleShare, y + 11),
    label(
      { x: size.left + Math.max(populationShare, sampleShare) * size.width + 8, y: y + 15 },
      `${Math.round(populationShare * 100)}% / ${Math.round(sampleShare * 100)}%`,
    ),
  );

const bar = (className: string, share: number, y: number): Svg =>
  element("rect", {
    class: className,
    x: size.left,
    y,
    width: Math.max(share * size.width, share > 0 ? 1 : 0),
    height: 10,
  });
