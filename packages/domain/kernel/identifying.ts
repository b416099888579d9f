/**
 * What in free text could tell a reader who somebody is: names, dates of birth, addresses,
 * postcodes, telephone numbers, e-mail addresses, numbers of the NHS and of pupils. A warning for
 * whoever writes, never a proof: a first name by itself is missed, as is whatever is spelt oddly.
 */
import { commonWords, givenNames, placeEndings } from "./common-names.ts";

export type Identifying = {
  readonly kind:
    | "name"
    | "date of birth"
    | "address"
    | "postcode"
    | "phone number"
    | "e-mail address"
    | "NHS or pupil number";
  readonly words: string;
};

/** A find as whoever wrote it is told of it. */
export const identifyingInWords = ({
  kind,
  words,
}: { [Key in keyof Identifying]: string }): string =>
  `“${words}” could tell who somebody is (${kind})`;

/** The kind of each find is that of the first rule that takes the words. */
export const identifyingIn = (text: string): readonly Identifying[] => {
  const found: Identifying[] = [];
  let left = text;
  const told = new Set<string>();
  for (const [kind, ...finders] of rules) {
    const finds = finders.map((find) => find(left));
    for (const words of finds.flat()) {
      if (told.has(words)) continue;
      told.add(words);
      found.push({ kind, words });
    }
    for (const words of finds) left = without(left, words);
  }
  return found;
};

/** Each finder tells its finds in the order of the text. */
type Rule = readonly [Identifying["kind"], ...(readonly ((text: string) => readonly string[])[])];

/** The text without these words, which come in its order: it is gone through once. */
const without = (text: string, words: readonly string[]): string => {
  const kept: string[] = [];
  let from = 0;
  for (const each of words) {
    const at = text.indexOf(each, from);
    if (at < 0) continue;
    kept.push(text.slice(from, at), " · ");
    from = at + each.length;
  }
  return [...kept, text.slice(from)].join("");
};

const matching =
  (pattern: RegExp) =>
  (text: string): readonly string[] =>
    text.match(pattern) ?? [];

const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const date =
  String.raw`(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|` +
  String.raw`\d{1,2}(?:st|nd|rd|th)? (?:${months})[a-z]* \d{4})`;
const born = String.raw`(?:born(?: on)?|birth(?:day)?(?: is| was)?|d\.?o\.?b\.?)`;

const streets =
  "Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Crescent|Court|Place|Terrace|Gardens|Grove|Way";

/**
 * The NHS number's check digit (NHS Data Dictionary): weights 10 to 2, modulo 11, so that one in
 * eleven numbers of ten digits is taken for one. A pupil's number (UPN) begins with a letter.
 */
const isNhsNumber = (written: string): boolean => {
  const digits = [...written.replaceAll(/\D/g, "")].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, place) => total + digit * (10 - place), 0);
  return (11 - (sum % 11)) % 11 === digits[9];
};

/** In this order, because a date of birth is a row of digits too. */
const rules: readonly Rule[] = [
  ["e-mail address", matching(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g)],
  ["date of birth", matching(new RegExp(String.raw`\b${born}:? ?${date}`, "gi"))],
  [
    "phone number",
    // Numbers that begin with 03 or 080 are never a person's.
    matching(
      /(?<![\w.])(?:\+44 ?(?:\(0\) ?)?|\(?0)(?!3|80)[1-9]\d{1,4}\)?(?:[ -]?\d{3,6}){1,2}(?![\w-])/g,
    ),
  ],
  [
    "NHS or pupil number",
    (text) => matching(/(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])/g)(text).filter(isNhsNumber),
    matching(/\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b/g),
  ],
  ["postcode", matching(/\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b/g)],
  [
    "address",
    matching(
      new RegExp(String.raw`\b\d{1,4}[a-z]?,? (?:\p{Lu}[\p{L}'’]+ ){1,3}(?:${streets})\b`, "gu"),
    ),
  ],
  ["name", (text) => titledIn(text), (text) => nameLikeIn(text)],
];

/** A title and what follows it. */
export const titledIn = (text: string): readonly string[] =>
  text.match(/\b(Mr|Mrs|Ms|Miss|Mx|Dr)\.? \p{Lu}[\p{L}'’-]+/gu) ?? [];

/**
 * Capitalised words in a row that could be a name, unless they end as the name of a body does, or
 * hold a word of places, disposals and programmes and begin with nobody's given name.
 */
export const nameLikeIn = (text: string): readonly string[] =>
  (text.match(/(?<=^[“"‘']?|[\p{Ll},;:] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+/gu) ?? [])
    .map(withoutOpener)
    .filter((run) => run.includes(" "))
    .filter((run) => !isCommon(run.toLowerCase().split(" ")));

const isCommon = (run: readonly string[]): boolean =>
  bodies.has(run.at(-1)!) ||
  (!givenNames.has(run[0]!) &&
    run.some((word) => commonWords.has(word) || placeEndings.test(word)));

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
export const bodies: ReadonlySet<string> = new Set(
  (
    "academy act agency association authority board boards borough centre charity college " +
    "commission commissioner committee council court director directorate executive forum fund " +
    "government group guidance health home hospital inspector inspectorate justice leadership " +
    "magistrates manager network office officer order panel partnership plan police policy " +
    "probation programme project prosecution protocol school schools secretary service services " +
    "sessions strategy team teams trust unit university"
  ).split(" "),
);

/**
 * Members of a request that hold what somebody writes in sentences. The `words` of a finding are
 * none: whoever excuses it quotes what they were warned of.
 */
const written: ReadonlySet<string> = new Set(
  "rationale reason risk action answer response outcome summary note wording why what".split(" "),
);

/** What stands in the sentences of a request, wherever they are; each find once. */
export const identifyingInRequest = (request: unknown): readonly Identifying[] => {
  const found = new Map<string, Identifying>();
  const look = (value: unknown, name: string): void => {
    if (typeof value === "string" && written.has(name)) {
      for (const each of identifyingIn(value)) found.set(`${each.kind}/${each.words}`, each);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value))
        look(inner, Array.isArray(value) ? name : key);
    }
  };
  look(request, "");
  return [...found.values()];
};
