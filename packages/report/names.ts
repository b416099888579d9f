/**
 * Words that could tell a reader who somebody is: those that the record knows of cases and people,
 * and those that are written like a reference or a name.
 */
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import type { Recorded } from "./recorded.ts";

/** Words that are known and must never be read. */
export type HiddenWords = {
  /** Of cases and children: no reason lets one of them stand. */
  readonly cases: ReadonlySet<string>;
  /** Of managers and recipients: some are the name of a place as well. */
  readonly people: ReadonlySet<string>;
};

export const hiddenWordsIn = (recorded: readonly Recorded[]): HiddenWords => {
  const cases = new Set<string>();
  const people = new Set<string>();
  const add = (found: Set<string>, word: string | undefined): unknown =>
    word !== undefined && word.length > 2 && found.add(word);
  for (const { event } of recorded) {
    if (!isInspectionEvent(event)) continue;
    if (event.type === "InspectionAnnounced") {
      for (const { text } of event.recipients) add(people, words(text)?.name);
    }
    if (event.type !== "CaseListSubmitted") continue;
    for (const { case: id, text } of event.cases) {
      const known = words(text);
      for (const word of [id, known?.ref, known?.child]) add(cases, word);
      add(people, known?.manager);
    }
  }
  return { cases, people };
};

/** A word of a sentence, and why it may not stand there. */
export type Telling = { readonly words: string; readonly problem: string; readonly known: boolean };

/** Words that are a case's or a person's, or are written like one. */
export const tellingIn = (sentence: string, { cases, people }: HiddenWords): readonly Telling[] => {
  const [known, persons] = [cases, people].map((set) =>
    [...set].filter((word) => hasWord(sentence, word)),
  ) as [string[], string[]];
  const like = (sentence.match(/\bc\d{4,6}\b|\b[A-Z]{2,}[-/]?\d{3,}\b/g) ?? []).filter(
    (word) => !known.some((each) => each.toLowerCase() === word.toLowerCase()),
  );
  const titled = sentence.match(/\b(Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z]\w+/g) ?? [];
  return [
    ...known.map((each) => telling(each, "is a case or a person.", true)),
    ...[...persons, ...new Set(like)].map((each) => telling(each, "is a case or a person.")),
    ...titled.map((each) => telling(each, "names a person.")),
  ];
};

const telling = (words: string, problem: string, known = false): Telling => ({
  words,
  problem: `“${words}” ${problem}`,
  known,
});

/** Capitalised words in a row that could be a name, unless they are among the words that may be. */
export const nameLikeIn = (sentence: string, printable: string): readonly Telling[] =>
  (sentence.match(/(?<=^[“"‘']?|[\p{Ll},;:] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+/gu) ?? [])
    .map(withoutOpener)
    .filter((run) => run.includes(" ") && !printable.includes(run.toLowerCase()))
    .filter((run) => !bodies.has(run.slice(run.lastIndexOf(" ") + 1).toLowerCase()))
    .map((run) => telling(run, "could be a name."));

/** A quotation is kept anonymous: one capitalised word within it could name whoever it is about. */
export const namedInQuote = (sentence: string, printable: string): readonly Telling[] =>
  [...new Set(sentence.match(/(?<=[\p{Ll},;:–—-] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*/gu) ?? [])]
    .filter((run) => !run.includes(" "))
    .filter((word) => !bodies.has(word.toLowerCase()) && !dates.has(word.toLowerCase()))
    .filter((word) => !new RegExp(`\\b${word.toLowerCase()}\\b`).test(printable))
    .map((word) => telling(word, "could name somebody in a quotation."));

const dates = new Set(
  (
    "january february march april may june july august september october november december " +
    "monday tuesday wednesday thursday friday saturday sunday christmas easter"
  ).split(" "),
);

/** A word that opens a sentence is capitalised for that alone. */
const withoutOpener = (run: string): string => {
  const [first = "", ...rest] = run.split(" ");
  return openers.has(first.toLowerCase()) ? rest.join(" ") : run;
};

const openers = new Set(
  (
    "the a an in at on of for from to by with we our this that these those some most many all " +
    "both each every when while where since after before during although as if it they their " +
    "there no not one two three staff children inspectors managers only under across within"
  ).split(" "),
);

/** What the name of a body, a post or a document ends with, and a person's does not. */
const bodies = new Set(
  (
    "academy act agency association authority board boards borough centre charity college " +
    "commission commissioner committee council court director directorate executive forum fund " +
    "government group guidance health home hospital inspector inspectorate justice leadership " +
    "magistrates manager network office officer order panel partnership plan police policy " +
    "probation programme project prosecution protocol school schools secretary service services " +
    "sessions strategy team teams trust unit university"
  ).split(" "),
);

export const hasWord = (sentence: string, word: string): boolean =>
  new RegExp(`(?<![\\w-])${word.replaceAll(/[^\w\s]/g, "\\$&")}(?![\\w-])`, "i").test(sentence);
