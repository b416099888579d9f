/** Hints towards plain English: long sentences, and words for which there is a plainer one. */
import type { Finding } from "./finding.ts";

/** Readers lose their way in sentences of more words than this. */
const longSentence = 30;

const plainer: Readonly<Record<string, string>> = {
  utilise: "use",
  utilised: "used",
  utilising: "using",
  commence: "begin",
  commenced: "began",
  "prior to": "before",
  "in order to": "to",
  "with regard to": "about",
  "in relation to": "about",
  "a number of": "some, or how many",
  facilitate: "help",
  facilitates: "helps",
  robust: "thorough, or what exactly is meant",
  leverage: "use",
  "going forward": "from now on",
  "at this point in time": "now",
  "due to the fact that": "because",
  endeavour: "try",
  ascertain: "find out",
  cohort: "group",
  stakeholders: "who they are",
};

export const languageFindings = (place: string, sentences: readonly string[]): readonly Finding[] =>
  sentences.flatMap((sentence) => [...tooLong(place, sentence), ...hardWords(place, sentence)]);

const tooLong = (place: string, sentence: string): readonly Finding[] => {
  const count = sentence.split(/\s+/).length;
  if (count <= longSentence) return [];
  const start = sentence.split(/\s+/).slice(0, 6).join(" ");
  return [hint(place, `“${start} …” has ${count} words: make it two sentences.`)];
};

const hardWords = (place: string, sentence: string): readonly Finding[] =>
  Object.entries(plainer)
    .filter(([word]) => new RegExp(`\\b${word}\\b`, "i").test(sentence))
    .map(([word, plain]) => hint(place, `“${word}”: say ${plain}.`));

const hint = (place: string, problem: string): Finding => ({ place, problem, severity: "hint" });
