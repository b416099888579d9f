/** What documents of format 1 left to the engine about cases: what each population means. */
import type { PopulationSettings } from "./case-list-settings.ts";
import { OutOfCourtDisposal } from "./format-1-disposals.ts";
import type { Predicate } from "./predicate.ts";
import type { SamplingSettings } from "./format-1-sampling.ts";

const outOfCourt = OutOfCourtDisposal.options;

const custody = ["detention-and-training-order", "section-250", "other-custody"];

const kind = (one: string, where: Predicate, many = `${one}s`) => ({ words: { one, many }, where });

const disposal = (value: string): Predicate => ({ name: "disposal", equals: value });

const person = { one: "child", many: "children" };

export const populationsOfFormat1 = (sampling: SamplingSettings): readonly PopulationSettings[] => {
  const { size, proportion, windows, enoughCourtCases } = sampling;
  const confidence = {
    by: "confidence",
    z: size.z,
    zOrigin: size.zOrigin,
    margin: size.margin,
    p: size.p,
  } as const;
  const drawn = {
    onceFor: ["child", "disposal"],
    enough: enoughCourtCases,
    balancedOn: sampling.balancedOn,
    maxPerWorker: sampling.maxPerCaseManager,
    reservesPercent: sampling.reservesPercent,
  };
  return [
    {
      name: "court",
      label: "Court disposals",
      words: { case: { one: "court disposal", many: "court disposals" }, person },
      mix: [
        kind("community sentence", { not: { name: "disposal", oneOf: custody } }),
        kind("custodial sentence", { name: "disposal", oneOf: custody }),
      ],
      where: { not: { name: "disposal", oneOf: outOfCourt } },
      size: confidence,
      windows: windows.court,
      ...drawn,
    },
    {
      name: "outOfCourt",
      label: "Out-of-court disposals",
      words: { case: { one: "out-of-court disposal", many: "out-of-court disposals" }, person },
      mix: [
        kind("youth conditional caution", disposal("youth-conditional-caution")),
        kind("youth caution", disposal("youth-caution")),
        kind("community resolution", disposal("community-resolution")),
        kind("other out-of-court disposal", disposal("other")),
      ],
      where: { name: "disposal", oneOf: outOfCourt },
      size: {
        by: "ratio",
        to: "court",
        here: proportion.outOfCourt,
        there: proportion.court,
        otherwise: confidence,
      },
      windows: windows.outOfCourt,
      ...drawn,
    },
  ];
};

/**
 * The settings of format 1 that give these populations. Throws a RangeError for populations that no
 * such settings give.
 */
export const samplingOf = ({
  populations,
}: {
  readonly populations: readonly PopulationSettings[];
}): SamplingSettings => {
  const [first, second] = populations;
  if (first?.size.by !== "confidence" || second?.size.by !== "ratio") {
    throw new RangeError("only two populations, one following the other, were known");
  }
  const { z, zOrigin, margin, p } = first.size;
  return {
    size: {
      formula: "finite-population-correction",
      statement: "n = ceil(n0 / (1 + (n0 - 1) / N)), n0 = z^2 p (1 - p) / margin^2",
      z,
      zOrigin,
      margin,
      p,
      rounding: "up",
    },
    proportion: { court: second.size.there, outOfCourt: second.size.here, rounding: "nearest" },
    windows: { court: first.windows, outOfCourt: second.windows },
    enoughCourtCases: first.enough ?? 1,
    reservesPercent: first.reservesPercent,
    maxPerCaseManager: first.maxPerWorker ?? 1000,
    balancedOn: first.balancedOn as SamplingSettings["balancedOn"],
  };
};
