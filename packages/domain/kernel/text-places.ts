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

/** The data with each text replaced by what `map` makes of it; everything else is as it was. */
export const mapTexts = (data: Data, map: (text: unknown, place: TextPlace) => unknown): Data =>
  mapped(data, { pointer: "", case: undefined }, map) as Data;

/** Whether these are words that were erased. */
export const isErased = (text: unknown): boolean =>
  typeof text === "object" &&
  text !== null &&
  "erased" in text &&
  text.erased === true &&
  Object.keys(text).length === 1;

const mapped = (
  value: unknown,
  place: TextPlace,
  map: (text: unknown, place: TextPlace) => unknown,
): unknown => {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      mapped(item, { ...place, pointer: `${place.pointer}/${index}` }, map),
    );
  }
  const named = (value as Data)["case"];
  const near = typeof named === "string" ? named : place.case;
  // A copy has each of its keys already, so that even one called `__proto__` is only a key.
  const result: Record<string, unknown> = { ...value };
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== "object" && key !== "text") continue;
    const pointer = `${place.pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const at = { pointer, case: near };
    result[key] =
      key === "text" && member !== undefined ? map(member, at) : mapped(member, at, map);
  }
  return result;
};
