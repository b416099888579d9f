/** Words of each framework that no other one has: where another’s output says them, they leaked. */
import type { Framework } from "@assay/domain/framework/document.ts";
import { commandTypes } from "@assay/domain/steps.ts";

import { storedFacts } from "../stored.ts";

const nouns = (words: Framework["words"] | Framework["populations"][number]["words"]) =>
  Object.values(words).flatMap(({ one, many }) => [one, many]);

const labels = (parts: readonly { readonly label: string }[]): readonly string[] =>
  parts.map(({ label }) => label);

/** What the document calls things. */
const calledIn = (document: Framework): readonly string[] => [
  document.label,
  ...nouns(document.words),
  ...document.populations.flatMap(({ label, words, mix = [] }) => [
    ...[label, ...nouns(words)],
    ...mix.flatMap((each) => [each.words.one, each.words.many]),
  ]),
  ...document.scales.flatMap(({ grades }) => labels(grades)),
  ...document.standards.flatMap((standard) => [
    standard.label,
    ...labels([...standard.keyQuestions]),
  ]),
  ...[document.kinds, document.domains, document.columns, document.caseFacts].flatMap(labels),
  ...[document.caseTallies, document.requests, document.surveys, document.partners].flatMap(labels),
];

/** What Assay calls its own facts and commands, such as "submit case list". */
const ownNames = [
  ...Object.values(commandTypes).flat(),
  ...storedFacts.map(({ type }) => type),
].map((name) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase());

/** What `document` calls things and `other` says nowhere. */
export const foreignTo = (other: Framework, document: Framework): readonly string[] => {
  const own = JSON.stringify(other).toLowerCase();
  const words = calledIn(document).map((word) => word.toLowerCase());
  return [...new Set(words)].filter(
    (word) =>
      word.length > 3 &&
      !own.includes(word) &&
      !ownNames.some((name) => saidIn(name, word) !== undefined),
  );
};

/** The word where it stands by itself, with what is around it. `text` is in small letters. */
export const saidIn = (text: string, word: string): string | undefined => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!/[\p{L}-]/u.test(`${text[at - 1] ?? ""}${text[end] ?? ""}`))
      return text.slice(Math.max(0, at - 60), end + 40);
  }
  return undefined;
};
