/**
 * What differs between two frameworks, part by part. Parts that have a code, an id, a name or a
 * number are matched by it, so that one that moved or was added does not make all others differ.
 */
import { canonicalJson } from "../kernel/canonical.ts";
import { nameInWords } from "../kernel/wording.ts";
import type { Framework } from "./document.ts";

export type Difference = {
  /** Where, in words: `standards`, `2.1 Assessment`, `label`. */
  readonly place: readonly string[];
  readonly kind: "added" | "removed" | "changed";
  /** What stands there in the first and in the second; a part as it is called. */
  readonly before?: string;
  readonly after?: string;
};

type Part = Readonly<Record<string, unknown>>;

export const compareFrameworks = (a: Framework, b: Framework): readonly Difference[] =>
  between(a, b, []);

const between = (a: unknown, b: unknown, place: readonly string[]): readonly Difference[] => {
  if (canonicalJson(a) === canonicalJson(b)) return [];
  if (areParts(a) && areParts(b)) return amongParts(a, b, place);
  if (isPart(a) && isPart(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
      ofMember({ name, before: a[name], after: b[name] }, place),
    );
  return [{ place, kind: "changed", before: inWords(a), after: inWords(b) }];
};

type Member = { readonly name: string; readonly before: unknown; readonly after: unknown };

const ofMember = ({ name, before, after }: Member, above: readonly string[]) => {
  const place = [...above, plain(name)];
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ place, kind: "added" as const, after: inWords(after) }];
  if (after === undefined) return [{ place, kind: "removed" as const, before: inWords(before) }];
  return between(before, after, place);
};

const amongParts = (
  a: readonly Part[],
  b: readonly Part[],
  place: readonly string[],
): readonly Difference[] => {
  const [before, after] = [byKey(a), byKey(b)];
  const keys = new Set([...before.keys(), ...after.keys()]);
  const kept = (own: ReadonlyMap<string, Part>, other: ReadonlyMap<string, Part>) =>
    [...own.keys()].filter((key) => other.has(key)).join("\n");
  const moved = kept(before, after) !== kept(after, before);
  return [
    ...[...keys].flatMap((key): readonly Difference[] => {
      const [was, would] = [before.get(key), after.get(key)];
      if (!was) return [{ place, kind: "added", after: called(would!) }];
      if (!would) return [{ place, kind: "removed", before: called(was) }];
      return between(was, would, [...place, called(would)]);
    }),
    ...(moved
      ? [{ place, kind: "changed" as const, before: order(before), after: order(after) }]
      : []),
  ];
};

const order = (parts: ReadonlyMap<string, Part>): string =>
  `in the order ${[...parts.keys()].join(", ")}`;

const byKey = (parts: readonly Part[]): ReadonlyMap<string, Part> =>
  new Map(parts.map((part) => [keyOf(part)!, part]));

const keys = ["code", "id", "name", "number", "value", "label", "grade", "what"] as const;

const keyOf = (part: Part): string | undefined => {
  const key = keys.find((name) => ["string", "number"].includes(typeof part[name]));
  return key && String(part[key]);
};

const isPart = (value: unknown): value is Part =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether every element has a key, and no two the same one. */
const areParts = (value: unknown): value is readonly Part[] => {
  if (!Array.isArray(value) || !value.every(isPart)) return false;
  const found = value.map(keyOf);
  return !found.includes(undefined) && new Set(found).size === found.length;
};

/** A part by its key and its label. */
const called = (part: Part): string => {
  const { label } = part;
  const key = keyOf(part) ?? "";
  return typeof label === "string" && label !== key ? `${key} ${label}` : key;
};

/** `caseBands` as `case bands`; a label of people's is left as it is. */
const plain = (name: string): string =>
  /^[a-z]+(?:[A-Z][a-z]+)*$/.test(name) ? nameInWords(name) : name;

const inWords = (value: unknown): string => {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inWords).join("; ");
  if (!isPart(value)) return String(value);
  if (keyOf(value) !== undefined && typeof value["label"] === "string") return called(value);
  return Object.entries(value)
    .map(([name, held]) => `${plain(name)} ${inWords(held)}`)
    .join(", ");
};
