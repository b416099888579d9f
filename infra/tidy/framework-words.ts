/**
 * Words of the shipped frameworks, and where they may stand: in documents, their tests, examples,
 * and what reads stored facts of the first format. All else takes its words from a document.
 */

/** Nothing but one of the shipped frameworks says these. */
const words: readonly RegExp[] = [
  /court|out[- ]?of[- ]?court/i,
  /disposal/i,
  /desistance/i,
  /custod(?:y|ial)/i,
  /youth/i,
  // An id in the help of a command is an example; alone in quotes it is a choice.
  /\b(?:yos|yots?|yjs)(?!-20\d\d\b)(?:\b|\d)|["']yos-20\d\d["']/i,
  /rosh(?:\b|[A-Z])/i,
  /probation/i,
  /victims/i,
  /\bchild(?:ren)?['’]s\b|\b(?:about|identify|who) (?:a|the) child\b/i,
  /case[- ]managers?\b/i,
  /inadequate/i,
  /requires[- ]improvement/i,
  /\bOutstanding\b|--outstanding/,
  /domain one\b/i,
  /\bout of (?:36|thirty-six)\b|\bmaxScore: 36\b|\bto 36\b/i,
  /\b(?:twelve|12) (?:standards|ratings)\b/i,
  /\b(?:four|4) (?:ratings|grades)\b/i,
];

/** What is made of one framework: its document, an example of it, a test, or a list of these. */
const isOfAFramework = (path: string): boolean =>
  path.endsWith(".test.ts") ||
  /\/(?:golden|contract|fixtures)\//.test(path) ||
  /(?:^|\/|-)format-1(?:-[a-z0-9-]+)?\.ts$/.test(path) ||
  /^packages\/domain\/framework\/shipped\.ts$/.test(path) ||
  /^(?:bench|examples|infra\/tidy|packages\/spec)\//.test(path);

/** Each with its reason. A file that no longer needs its place here may not keep it. */
const exceptions: Readonly<Record<string, string>> = {
  "packages/domain/kernel/common-names.ts": "a list of what is no name, of every field",
  "packages/domain/kernel/identifying.ts": "Courts are streets and public bodies, too",
  "packages/verifier/published-frameworks.ts": "lists the shipped documents' digests",
};

const isSource = (path: string): boolean => /\.(?:ts|js|mjs|njk|css|typ|html)$/.test(path);

export const mayNotSpeakOfAFramework = (path: string): boolean =>
  isSource(path) && !isOfAFramework(path);

/** Each line with such a word, or that a file is on the list without need. */
export const frameworkWordsIn = (path: string, text: string): readonly string[] => {
  const found = text.split("\n").flatMap((line, index) =>
    words
      .flatMap((word) => word.exec(line)?.[0] ?? [])
      .slice(0, 1)
      .map((word) => `line ${index + 1}: ${word} is a word of one framework: take the document's`),
  );
  if (!(path in exceptions)) return found;
  return found.length > 0 ? [] : ["has no such word: take it off the list of exceptions"];
};
