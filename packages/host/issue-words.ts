/**
 * What a schema finds wrong with an input, in sentences that say what to do. What the schema's
 * library says by itself reaches nobody.
 */
import { capitalised } from "@assay/domain/kernel/wording.ts";
import type { z } from "zod";

/** How somebody is asked for a value, where they are asked by a form. */
export type Asked = {
  /** As the form shows it; made from the value's name where there is no form. */
  readonly label: string;
  readonly by?: "typing" | "choosing" | "file" | "date" | "moment";
  /** What to say where it is missing, in the form's own words. */
  readonly missing?: string;
};

type Issue = z.core.$ZodIssue;

/** Each at its own place: of several shapes, the first is the one that people fill in. */
export const flattened = (issues: readonly Issue[]): readonly Issue[] =>
  issues.flatMap((issue) => {
    if (issue.code !== "invalid_union" || isMissing(issue)) return [issue];
    const [first = []] = issue.errors;
    const inner = first.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
    return inner.length > 0 ? flattened(inner) : [issue];
  });

/** Needs the input in the issue (`reportInput`) to tell what is missing from what is wrong. */
export const issueInWords = (issue: Issue, asked: Asked): string => {
  if (isMissing(issue)) return missingInWords(asked);
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, asked);
    case "too_small":
    case "too_big":
      return outOfBounds(issue, asked);
    case "invalid_format":
      return wrongForm(issue, asked);
    case "invalid_value":
      return notListed(issue.values, asked);
    case "not_multiple_of":
      return `${subject(asked)} must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `Take out ${issue.keys.map((key) => `“${key}”`).join(", ")}: nothing here has that name`;
    case "invalid_union":
      return issue.path.at(-1) === "type"
        ? `${subject(asked)} must be the name of a command`
        : notListed([], asked);
    case "custom":
      return customInWords(issue.message, asked);
    default:
      return notListed([], asked);
  }
};

/** The name of a value as a label: `keyQuestions` as “Key questions”. */
export const labelFor = (path: readonly PropertyKey[]): string => {
  const name = path.findLast((part) => typeof part === "string") ?? "The value";
  const spaced = name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return capitalised(spaced);
};

export const missingInWords = ({ label, by = "typing", missing }: Asked): string => {
  if (missing !== undefined) return missing;
  const does = by === "choosing" ? "Select" : by === "file" ? "Choose" : "Enter";
  if (label.endsWith("?"))
    return `${by === "choosing" ? "Select an" : "Enter an"} answer to “${label}”`;
  if (/^(Your|The|A|An)\b/.test(label)) return `${does} ${lower(label)}`;
  return /^(What|Who|Why|Which|When|How)\b/.test(label)
    ? `${by === "typing" ? "Say" : does} ${lower(label)}`
    : `${does} the ${lower(label)}`;
};

const isMissing = (issue: Issue): boolean => {
  if (issue.code === "too_small")
    return (issue.origin === "string" || issue.origin === "array") && Number(issue.minimum) === 1;
  if (!("input" in issue)) return false;
  return issue.input === undefined || issue.input === null || issue.input === "";
};

const wrongType = (expected: string, asked: Asked): string => {
  const kinds: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number, such as 12",
    int: "a whole number, such as 12",
    boolean: "yes or no",
    array: "a list",
    object: "a group of named values",
    record: 'a group of named values, each with its name, such as { "Good": 65 }',
    map: "a group of named values",
    null: "empty",
  };
  return `${subject(asked)} must be ${kinds[expected] ?? `a value of the kind ${expected}`}`;
};

const outOfBounds = (
  issue: Extract<Issue, { code: "too_small" | "too_big" }>,
  asked: Asked,
): string => {
  const small = issue.code === "too_small";
  const bound = small ? issue.minimum : issue.maximum;
  const number = Number(bound).toLocaleString("en-GB");
  const what = subject(asked);
  if (issue.origin === "string")
    return `${what} must be ${number} characters or ${small ? "more" : "fewer"}`;
  if (issue.origin === "array" || issue.origin === "set")
    return small
      ? `${what}: at least ${number} are needed`
      : `${what}: at most ${number} can be given`;
  if (issue.inclusive === false) return `${what} must be ${small ? "more" : "less"} than ${number}`;
  return `${what} must be ${number} or ${small ? "more" : "less"}`;
};

const wrongForm = (issue: Extract<Issue, { code: "invalid_format" }>, asked: Asked): string => {
  if (issue.format === "date")
    return asked.by === "date"
      ? "Enter a real date, such as 24 5 2027"
      : `${subject(asked)} must be a real date, such as 2027-05-24`;
  if (issue.format === "datetime")
    return asked.by === "moment"
      ? "Enter a real date and time, such as 24 5 2027 at 00:01"
      : `${subject(asked)} must be a moment, such as 2027-05-24T09:00:00.000Z`;
  if (issue.format === "uuid") return `${subject(asked)} must be a UUID`;
  if (issue.format === "base64") return `${subject(asked)} must be in base64`;
  const known = inPlainWords[issue.message];
  const said = ownWords(issue.message);
  if (known !== undefined) return `${subject(asked)} ${known}`;
  return said === undefined
    ? `${subject(asked)} is not written as it has to be`
    : `${subject(asked)} must have this form: ${said}`;
};

const notListed = (values: readonly unknown[], asked: Asked): string =>
  values.length > 0 && asked.by === undefined
    ? `${subject(asked)} must be one of: ${values.map(String).join(", ")}`
    : `Select the ${lower(asked.label)} from what is listed`;

const customInWords = (message: string, asked: Asked): string => {
  const known = inPlainWords[message];
  if (known !== undefined) return `${subject(asked)} ${known}`;
  const said = ownWords(message);
  return said === undefined ? notListed([], asked) : `${subject(asked)}: ${said}`;
};

/** What our schemas say in the language of programs, for people. */
const inPlainWords: Readonly<Record<string, string>> = {
  "half of a surrogate pair": "has a character that cannot be read. Delete it and type it again",
  "lower-case letters, digits, - and .":
    "can have only small letters, figures, hyphens and full stops, such as northfield-2026",
  "no full stop in an inspection's id": "cannot have a full stop in it",
  "lower-case letters, digits and -, at most 64":
    "can have only small letters, figures and hyphens, at most 64 of them",
  "the last day is not before the first": "ends before it begins. Check both days",
  "team sizes rise from caseload 0":
    "must begin with caseload 0, and each must be for a larger caseload than the one before",
};

/** What one of our schemas says itself. */
const ownWords = (message: string): string | undefined =>
  message === "" || message.startsWith("Invalid") ? undefined : message;

const subject = ({ label }: Asked): string =>
  label.endsWith("?") || /^(What|Who|Why|Which|When|How)\b/.test(label) ? `“${label}”` : label;

/** As within a sentence; what is an abbreviation stays. */
const lower = (label: string): string =>
  /^[A-Z][a-z’]/.test(label) || /^[A-Z] /.test(label)
    ? label.charAt(0).toLowerCase() + label.slice(1)
    : label;
