/**
 * Reads an audit bundle's text, taking nothing for granted: every member is there, of its kind, and
 * no other; and the text is the canonical one, so that not one byte could be otherwise.
 */
import { type Bundle, bundleFormat } from "./bundle.ts";
import { malformed } from "./fault.ts";
import { formFault, inWords, syntaxFault } from "./json-fault.ts";

type Shape = (value: unknown, place: string) => void;

/** The bundle that the text is. Throws a LedgerFault that names the first place that is wrong. */
export const readBundle = (text: string): Bundle => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const fault = syntaxFault(text);
    throw malformed(`the file is not JSON${fault ? ` ${inWords(fault)}` : ""}`, cause);
  }
  const fault = formFault(text, value);
  if (fault) throw malformed(`the file is not in canonical form (RFC 8785) ${inWords(fault)}`);
  bundleShape(value, "");
  return value as Bundle;
};

const string: Shape = (value, place) => {
  if (typeof value !== "string") throw malformed(`${place} is not text`);
};

const hex64: Shape = (value, place) => {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) {
    throw malformed(`${place} is not a SHA-256 in hexadecimal`);
  }
};

const count: Shape = (value, place) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw malformed(`${place} is not a whole number from 0`);
  }
};

const anything: Shape = () => undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const anyObject: Shape = (value, place) => {
  if (!isObject(value)) throw malformed(`${place} is not an object`);
};

const exactly: (literal: string) => Shape = (literal) => (value, place) => {
  if (value !== literal) throw malformed(`${place} is not ${literal}, which is what can be read`);
};

const list: (item: Shape) => Shape = (item) => (value, place) => {
  if (!Array.isArray(value)) throw malformed(`${place} is not a list`);
  value.forEach((element, i) => item(element, `${place}/${i}`));
};

const object: (members: Readonly<Record<string, Shape>>) => Shape = (members) => (value, place) => {
  if (!isObject(value)) throw malformed(`${place || "the file"} is not an object`);
  for (const [name, member] of Object.entries(members)) member(value[name], `${place}/${name}`);
  const surplus = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (surplus !== undefined) throw malformed(`${place}/${surplus} has no place in a bundle`);
};

const placeShape = { id: string, stream: string, revision: count, type: string };

const shownShape = object({
  index: count,
  leaf: hex64,
  event: object({ ...placeShape, data: anyObject, metadata: anyObject }),
});

const withheldShape = object({
  index: count,
  leaf: hex64,
  withheld: object({ ...placeShape, reason: string }),
});

const eventShape: Shape = (value, place) =>
  (isObject(value) && Object.hasOwn(value, "withheld") ? withheldShape : shownShape)(value, place);

const bundleShape = object({
  format: exactly(bundleFormat),
  inspection: string,
  authority: string,
  keys: list(string),
  rotations: list(string),
  witnesses: list(string),
  framework: object({ id: string, digest: hex64, document: anyObject }),
  certificates: list(object({ digest: hex64, document: anyObject })),
  events: list(eventShape),
  checkpoints: list(
    object({ stage: string, after: string, note: string, timestamps: list(string) }),
  ),
  consistency: list(list(hex64)),
  disclosures: list(object({ index: count, pointer: string, key: hex64, text: anything })),
  ratings: anyObject,
  seal: string,
});
