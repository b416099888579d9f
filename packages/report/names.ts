/**
 * Words that could tell a reader who somebody is: those that the record knows of cases and people,
 * and those that are written like a reference or a name.
 */
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import { purposesOf } from "@assay/domain/framework/columns.ts";
import { frameworkIn } from "@assay/domain/framework/versions.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import {
  bodies,
  identifyingIn,
  nameLikeIn as runsLikeNames,
  titledIn,
} from "@assay/domain/kernel/identifying.ts";
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
  let worker: string | undefined;
  const add = (found: Set<string>, word: string | undefined): unknown =>
    word !== undefined && word.length > 2 && found.add(word);
  for (const { event } of recorded) {
    if (!isInspectionEvent(event)) continue;
    if (event.type === "InspectionAnnounced") {
      ({ worker } = purposesOf(frameworkIn(event.framework.version).columns));
      for (const { text } of event.recipients) add(people, words(text)?.name);
    }
    if (event.type !== "CaseListSubmitted") continue;
    for (const { case: id, text } of event.cases) {
      add(cases, id);
      for (const [name, word] of Object.entries(words(text) ?? {})) {
        add(name === worker ? people : cases, word);
      }
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
  return [
    ...known.map((each) => telling(each, "is a case or a person.", true)),
    ...[...persons, ...new Set(like)].map((each) => telling(each, "is a case or a person.")),
    ...titledIn(sentence).map((each) => telling(each, "names a person.")),
    ...identifyingIn(sentence)
      .filter(({ kind }) => kind !== "name")
      .map(({ kind, words: found }) => telling(found, `could tell who somebody is (${kind}).`)),
  ];
};

const telling = (words: string, problem: string, known = false): Telling => ({
  words,
  problem: `“${words}” ${problem}`,
  known,
});

/** What is written like a name, unless it is among the words that may be. */
export const nameLikeIn = (sentence: string, printable: string): readonly Telling[] =>
  runsLikeNames(sentence)
    .filter((run) => !printable.includes(run.toLowerCase()))
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

export const hasWord = (sentence: string, word: string): boolean =>
  new RegExp(`(?<![\\w-])${word.replaceAll(/[^\w\s]/g, "\\$&")}(?![\\w-])`, "i").test(sentence);
