/**
 * Certificates of the first two formats, which knew two populations and their columns; the second
 * says what could have steered the draw. Draws under the frameworks of that time are certified in
 * them for ever, so that what was published is made again byte for byte.
 */
import { z } from "zod";

import type { CaseListSettings } from "../framework/case-list-settings.ts";
import { populationsOfFormat1, samplingOf } from "../framework/format-1-cases.ts";
import { columnsOfFormat1 } from "../framework/format-1.ts";
import { SamplingSettings } from "../framework/format-1-sampling.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import { Certificate, CertifiedPopulation } from "./certificate.ts";
import { SampleSize } from "./sizes.ts";

const Proportion = z.strictObject({
  formula: z.literal("proportion"),
  courtSize: z.int().min(0),
  court: z.int(),
  outOfCourt: z.int(),
  rounding: z.literal("nearest"),
});

const [Correction] = SampleSize.shape.basis.options;

export const SizingOfFormat1 = SampleSize.extend({
  basis: z.discriminatedUnion("formula", [
    Correction.omit({ floor: true, ceiling: true }),
    Proportion,
  ]),
});
type Sizing = z.infer<typeof SizingOfFormat1>;

const Population = CertifiedPopulation.extend({ sizing: SizingOfFormat1 });

export const CertificateOfFormat1 = Certificate.extend({
  format: z.enum(["assay-sampling-certificate/1", "assay-sampling-certificate/2"]),
  settings: SamplingSettings,
  populations: z.strictObject({ court: Population, outOfCourt: Population }),
});
export type CertificateOfFormat1 = z.infer<typeof CertificateOfFormat1>;

export const AnyCertificate = z.union([Certificate, CertificateOfFormat1]);
export type AnyCertificate = z.infer<typeof AnyCertificate>;

/** The settings of the first format as those of today. */
export const settingsOfFormat1 = (settings: SamplingSettings): CaseListSettings => ({
  columns: columnsOfFormat1,
  populations: populationsOfFormat1(settings),
});

type Basis = SampleSize["basis"];

export const basisOfFormat1 = (basis: Sizing["basis"]): Basis =>
  basis.formula === "proportion"
    ? {
        formula: "ratio",
        to: "court",
        drawn: basis.courtSize,
        here: basis.outOfCourt,
        there: basis.court,
        rounding: basis.rounding,
      }
    : basis;

/** A certificate of the first format as one of today. */
export const certificateOfFormat1 = (certificate: CertificateOfFormat1): Certificate => {
  const today = (population: z.infer<typeof Population>): CertifiedPopulation => ({
    ...population,
    sizing: { ...population.sizing, basis: basisOfFormat1(population.sizing.basis) },
  });
  const { court, outOfCourt } = certificate.populations;
  return {
    ...certificate,
    format: "assay-sampling-certificate/3",
    settings: settingsOfFormat1(certificate.settings),
    populations: { court: today(court), outOfCourt: today(outOfCourt) },
  };
};

/** The certificate in the first format, where its settings are of that time; else as it is. */
export const inItsFormat = (certificate: Certificate): Certificate | CertificateOfFormat1 => {
  const settings = formerSettings(certificate.settings);
  const { court, outOfCourt } = certificate.populations;
  if (!settings || !court || !outOfCourt) return certificate;
  return {
    ...certificate,
    format: certificate.conduct ? "assay-sampling-certificate/2" : "assay-sampling-certificate/1",
    settings,
    populations: { court: formerPopulation(court), outOfCourt: formerPopulation(outOfCourt) },
  };
};

const formerSettings = (settings: CaseListSettings): SamplingSettings | undefined => {
  const [court, outOfCourt] = settings.populations;
  if (court?.name !== "court" || court.size.by !== "confidence") return undefined;
  if (outOfCourt?.size.by !== "ratio") return undefined;
  const former = samplingOf(settings);
  return canonicalJson(settingsOfFormat1(former)) === canonicalJson(settings) ? former : undefined;
};

const formerPopulation = (population: CertifiedPopulation): z.infer<typeof Population> => {
  const { basis } = population.sizing;
  const sizing = { ...population.sizing, basis: formerBasis(basis) };
  return { ...population, sizing };
};

const formerBasis = (basis: Basis): Sizing["basis"] => {
  switch (basis.formula) {
    case "finite-population-correction":
      return basis;
    case "ratio": {
      const { drawn: courtSize, there: court, here: outOfCourt, rounding } = basis;
      return { formula: "proportion", courtSize, court, outOfCourt, rounding };
    }
    case "everything":
      throw new TypeError("no population was drawn whole in the first format");
  }
};
