/** Figures about the service beside the national ones, and its caseload, as bars. */
import { inUnit } from "../document/wording.ts";
import type { ContextualFact } from "../written.ts";
import { drawing, element, ink, label, quiet } from "./svg.ts";

const width = 440;
const bars = { left: 0, right: 370, height: 18 };

export type Bar = { readonly label: string; readonly value: number; readonly own: boolean };
export type BarGroup = {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
};

export type BarChart = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly groups: readonly BarGroup[];
};

/** Bars of one group share a scale that begins at zero; groups have scales of their own. */
export const barChart = (chart: BarChart): string => {
  const parts: string[] = [];
  let y = 4;
  for (const group of chart.groups) {
    const top = Math.max(1, ...group.bars.map(({ value }) => value));
    if (group.title !== "") {
      parts.push(label(0, y + 16, group.title, { weight: 700 }));
      y += 26;
    }
    for (const bar of group.bars) {
      parts.push(...barParts(bar, y, { top, unit: group.unit }));
      y += 41;
    }
    y += 12;
  }
  return drawing({ ...chart, width, height: y }, parts);
};

const barParts = (
  { label: name, value, own }: Bar,
  y: number,
  { top, unit }: { readonly top: number; readonly unit: string },
): readonly string[] => {
  const length = Math.max(2, ((bars.right - bars.left) * value) / top);
  return [
    label(bars.left, y + 12, name, { size: 13 }),
    element("rect", {
      x: bars.left,
      y: y + 18,
      width: length,
      height: bars.height,
      rx: 2,
      fill: own ? ink : "#7c8aa5",
    }),
    label(bars.left + length + 8, y + 32, inUnit(value, unit), {
      size: 14,
      weight: 700,
      fill: own ? ink : quiet,
    }),
  ];
};

/** A figure's national counterpart bears its name with `National` after it. */
export const comparisonsIn = (facts: readonly ContextualFact[]): readonly BarGroup[] =>
  facts.flatMap((fact): readonly BarGroup[] => {
    const national = facts.find(({ name }) => name === `${fact.name}National`);
    if (!national) return [];
    return [
      {
        title: "",
        unit: fact.unit,
        bars: [
          { label: fact.label, value: fact.value, own: true },
          { label: national.label, value: national.value, own: false },
        ],
      },
    ];
  });

/** The figures counted in these units: the framework's words for cases and for people. */
export const caseloadIn = (
  facts: readonly ContextualFact[],
  units: readonly string[],
): BarGroup | undefined => {
  const counted = facts.filter(({ unit }) => units.includes(unit));
  if (counted.length < 2) return undefined;
  return {
    title: "",
    unit: "",
    bars: counted.map(({ label: name, value }) => ({ label: name, value, own: true })),
  };
};
