/** How a framework's document has its cases sampled, in sentences. */
import type { Confidence, PopulationSettings } from "@assay/domain/framework/case-list-settings.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { confidenceIn } from "@assay/domain/framework/populations.ts";
import { listed } from "@assay/domain/kernel/wording.ts";
import { inWords } from "./wording.ts";

/** "the two samples". */
export const samplesInWords = (count: number): string =>
  count === 1 ? "the sample" : `the ${inWords(count)} samples`;

/** Sizes, then how cases are drawn: populations that are drawn alike are told of together. */
export const samplingInWords = (framework: Framework): readonly string[] => {
  const { populations } = framework;
  const drawn = populations.filter(({ size }) => size.by !== "everything");
  const alike = [...Map.groupBy(drawn, (each) => drawInWords(each, framework))];
  return [
    ...populations.map((each) => sizeInWords(each, populations)),
    ...alike.map(([how, group]) => {
      if (populations.length === 1) return `It was drawn ${how}.`;
      if (group.length === populations.length) return `Each was drawn ${how}.`;
      return `${samplesOf(group)} drawn ${how}.`;
    }),
    ...(populations.some(confidenceIn)
      ? [
          `Questions that concern some of the ${framework.words.case.many} have wider margins: ` +
            "each stands beside its number. They are those of a simple random sample.",
        ]
      : []),
  ];
};

const samplesOf = (group: readonly PopulationSettings[]): string => {
  const many = listed(group.map(({ words }) => words.case.many));
  return group.length === 1 ? `The sample of ${many} was` : `The samples of ${many} were`;
};

const sizeInWords = (
  { size, words }: PopulationSettings,
  all: readonly PopulationSettings[],
): string => {
  const { many } = words.case;
  switch (size.by) {
    case "everything":
      return `All eligible ${many} were taken.`;
    case "ratio": {
      const to = all.find(({ name }) => name === size.to)!.words.case.many;
      const samples = all.length === 2 ? "The two samples" : `The samples of ${to} and ${many}`;
      return `${samples} stand to each other as ${size.there} to ${size.here}.`;
    }
    case "confidence":
      return (
        `The size of the sample of ${many} follows from a margin of error of ` +
        `${Math.round(size.margin * 1000) / 10} percentage points at ` +
        `${confidenceOf(size.z)}% confidence, corrected for the number of eligible ` +
        `${many}, unless it is said below that it was set.` +
        boundsInWords(size)
      );
  }
};

const boundsInWords = ({ floor, ceiling }: Confidence): string => {
  if (floor === undefined && ceiling === undefined) return "";
  const bounds = [
    ...(floor === undefined ? [] : [`at least ${floor}`]),
    ...(ceiling === undefined ? [] : [`at most ${ceiling}`]),
  ];
  return ` It has ${listed(bounds)}, or all where there are fewer.`;
};

const drawInWords = (
  { balancedOn, maxPerWorker }: PopulationSettings,
  { columns, words }: Framework,
): string => {
  const balance = balancedOn.map((name) => columns.find((each) => each.name === name)!.label);
  const parts = [
    "at random",
    ...(balance.length > 0 ? [`balanced on ${listed(balance.map(inSentence))}`] : []),
    ...(maxPerWorker === undefined
      ? []
      : [
          `with at most ${maxPerWorker} ${words.case.many} from one ${words.worker.one} where the ` +
            "size allowed it",
        ]),
  ];
  return parts.join(", ");
};

/** A label in the middle of a sentence: its first letter is small unless it is an abbreviation. */
const inSentence = (label: string): string =>
  /^\p{Lu}[\p{Lu}\d]|^\p{Lu}\p{L}*\p{Lu}/u.test(label)
    ? label
    : label.slice(0, 1).toLowerCase() + label.slice(1);

/** The confidence, in per cent, whose two-sided standard normal quantile is z: 100·erf(z/√2). */
const confidenceOf = (z: number): number => {
  const x = z / Math.SQRT2;
  let term = x;
  let sum = x;
  for (let n = 1; n < 60; n += 1) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return Math.round((200 / Math.sqrt(Math.PI)) * sum);
};
