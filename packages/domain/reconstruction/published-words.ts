/**
 * What a published report says of its inspection, for whoever carries it through and prints of it:
 * everything else about its cases and days is made up.
 */
import type { Reconstruction } from "../announcement/events.ts";
import type { PublishedSample } from "./published-file.ts";
import type { Plot } from "./story.ts";

export const publishedOf = ({ file, counts, service }: Plot): Reconstruction => ({
  source: `the published report on ${service.name}`,
  ...(file.fieldwork && { fieldwork: file.fieldwork }),
  counts: counts.counted,
  unrated: counts.unrated,
  said: [
    ...counts.framework.populations.flatMap(({ name, label }) => {
      const value = sampleInWords(file[name] as PublishedSample | undefined);
      return value === "" ? [] : [{ label, value }];
    }),
    ...numbered(
      `Interviews with ${counts.framework.words.worker.many}`,
      file.caseManagerInterviews,
    ),
    ...numbered("Meetings", file.meetings),
    ...numbered("Recommendations", file.recommendations),
  ],
});

const numbered = (label: string, value: number | undefined) =>
  value === undefined ? [] : [{ label, value: String(value) }];

const sampleInWords = (sample: PublishedSample | undefined): string =>
  [
    ...(sample?.cases === undefined ? [] : [`cases: ${sample.cases}`]),
    ...Object.entries(sample?.mix ?? {}).map(([name, cases]) => `${nameInWords(name)}: ${cases}`),
    ...(sample?.window === undefined ? [] : [`window: ${sample.window}`]),
  ].join("; ");

/** `openCases` reads "open cases". */
export const nameInWords = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
