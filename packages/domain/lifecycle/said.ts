/**
 * What was recorded last about each thing, as far as it takes to know a request again. A request
 * is "already so" only where everything that its sender wrote stands recorded, word for word.
 */
type Fact = { readonly type: string; readonly text?: unknown };
type Fields = Readonly<Record<string, unknown>>;

/** What somebody wrote, in the words of a fact that may say it. */
type Written = (fact: Fields) => Fields;

/**
 * The facts of a stream, the newest first. `keys` name the fields by which a fact replaces an
 * earlier one of its type; they are compared when a command comes, so that folding stays cheap.
 */
export type Said = {
  readonly fact: Fact;
  readonly keys: readonly string[];
  readonly before: Said | undefined;
};

/** Whether the newest fact about some thing, of one of these types, says all of this. */
export const isSaid = (
  said: Said | undefined,
  types: readonly string[],
  written: Written,
): boolean => {
  const newer = new Set<string>();
  for (let each = said; each !== undefined; each = each.before) {
    const { fact, keys } = each;
    if (!types.includes(fact.type)) continue;
    const fields = fact as unknown as Fields;
    const key = [fact.type, ...keys.map((name) => JSON.stringify(fields[name]))].join(" ");
    if (newer.has(key)) continue;
    if (says(fact, written, false)) return true;
    newer.add(key);
  }
  return false;
};

/** The same of facts alone. Words that were erased since cannot be told from others. */
export const isSaidIn = (facts: readonly object[], written: Written): boolean =>
  facts.some((fact) => says(fact, written, true));

const says = (fact: object, written: Written, ofErased: boolean): boolean =>
  Object.entries(written(fact as Fields)).every(([name, value]) =>
    isSame(valueIn(fact as Fields, name), value, ofErased),
  );

/** A field of the fact by its path, such as `timetable.panel`, or else of its text. */
const valueIn = (fact: Fields, name: string): unknown => {
  const [first = "", ...rest] = name.split(".");
  if (first in fact)
    return rest.reduce((value, key) => (value as Fields | undefined)?.[key], fact[first]);
  const text = fact["text"] as Fields | undefined;
  return isErased(text) ? text : text?.[name];
};

const isErased = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "erased" in value;

/** Plain data with the same content; a member that is undefined is absent. */
const isSame = (found: unknown, value: unknown, ofErased: boolean): boolean => {
  if (isErased(found)) return ofErased;
  if (typeof found !== "object" || typeof value !== "object" || !found || !value)
    return found === value;
  const names = new Set([...Object.keys(found), ...Object.keys(value)]);
  return [...names].every((name) =>
    isSame((found as Fields)[name], (value as Fields)[name], ofErased),
  );
};

/** What the sender of a command wrote: all of it but who, when and about which inspection. */
export const writtenIn = (command: object): Fields => {
  const { type: _type, at: _at, by: _by, ...fields } = command as Fields;
  const { inspection: _inspection, programme: _programme, ...written } = fields;
  return written;
};
