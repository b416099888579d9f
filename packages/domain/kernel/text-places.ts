/**
 * Where the words of a fact stand. Whatever sits under a key `text` is words, and nothing else is;
 * it belongs to the case that is named nearest to it, else to the inspection.
 */

export type TextPlace = {
  /** A JSON pointer (RFC 6901) into the fact's data. */
  readonly pointer: string;
  /** The case that is named nearest to the words, if any is. */
  readonly case: string | undefined;
};

type Data = { readonly [key: string]: unknown };

type MapText = (text: unknown, place: TextPlace) => unknown;

/**
 * The data with each text replaced by what `map` makes of it. Everything else is as it was, and
 * whatever holds no text that was replaced is the same object.
 */
export const mapTexts = (data: Data, map: MapText): Data =>
  mapped(data, { path: undefined, near: undefined, map }) as Data;

/** Whether these are words that were erased. */
export const isErased = (text: unknown): boolean =>
  typeof text === "object" &&
  text !== null &&
  "erased" in text &&
  text.erased === true &&
  Object.keys(text).length === 1;

/** The keys that lead to a place, the innermost first. */
type Path = { readonly key: string | number; readonly above: Path | undefined };

type At = {
  readonly path: Path | undefined;
  readonly near: string | undefined;
  readonly map: MapText;
};

const mapped = (value: unknown, at: At): unknown => {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? mappedItems(value, at) : mappedMembers(value as Data, at);
};

const mappedItems = (items: readonly unknown[], { path, near, map }: At): unknown => {
  let result: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    if (typeof item !== "object") continue;
    const next = mapped(item, { path: { key: index, above: path }, near, map });
    if (next !== item) (result ??= [...items])[index] = next;
  }
  return result ?? items;
};

const mappedMembers = (value: Data, { path, near: above, map }: At): unknown => {
  const named = value["case"];
  const near = typeof named === "string" ? named : above;
  let result: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const member = value[key];
    const isText = key === "text" && member !== undefined;
    if (typeof member !== "object" && !isText) continue;
    const below = { key, above: path };
    const next = isText
      ? map(member, { pointer: pointerOf(below), case: near })
      : mapped(member, { path: below, near, map });
    // A copy has each of its keys already, so that even one called `__proto__` is only a key.
    if (next !== member) (result ??= { ...value })[key] = next;
  }
  return result ?? value;
};

const pointerOf = ({ key, above }: Path): string => {
  const token = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  return `${above ? pointerOf(above) : ""}/${token}`;
};
