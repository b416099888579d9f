/**
 * What was recorded last about each thing, as far as it takes to know a request again. A request
 * is "already so" only where everything that its sender wrote stands recorded, word for word.
 */
type Fact = { readonly type: string; readonly text?: unknown };
type Fields = Readonly<Record<string, unknown>>;

/** What somebody wrote, in the words of a fact that may say it; often the same for every fact. */
export type Written = Fields | ((fact: Fields) => Fields);

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
  const newest = said && newestIn(said);
  const told = toldBy(written);
  return types.some((type) => {
    const ofType = newest?.get(type);
    return ofType && candidatesIn(ofType, written).some((fact) => says(fact, told, false));
  });
};

/** The newest fact about each thing, by what it is about. */
type OfType = { readonly keys: readonly string[]; readonly facts: Map<string, Fact> };

/** The facts that may say it: one where the words name what it is about, else all. */
const candidatesIn = ({ keys, facts }: OfType, written: Written): readonly Fact[] => {
  const named = typeof written === "object" && keys.every((name) => isName(written[name]));
  if (!named) return [...facts.values()];
  const fact = facts.get(aboutOf(keys, written));
  return fact ? [fact] : [];
};

type Newest = Map<string, OfType>;

const found = new WeakMap<Said, Newest>();

/**
 * What was found for earlier facts is added to, and is theirs no longer: a stream goes on from its
 * end, and whoever asks about its past again reads it again.
 */
const newestIn = (said: Said): Newest => {
  const added: Said[] = [];
  let each: Said | undefined = said;
  while (each && !found.has(each)) {
    added.push(each);
    each = each.before;
  }
  const newest: Newest = (each && found.get(each)) ?? new Map<string, OfType>();
  if (each) found.delete(each);
  for (const { fact, keys } of added.toReversed()) {
    let ofType = newest.get(fact.type);
    if (!ofType) newest.set(fact.type, (ofType = { keys, facts: new Map<string, Fact>() }));
    ofType.facts.set(aboutOf(keys, fact), fact);
  }
  found.set(said, newest);
  return newest;
};

const aboutOf = (keys: readonly string[], fields: Fields): string =>
  keys.map((name) => JSON.stringify(fields[name])).join(" ");

/** Two such values are the same where they are written the same. */
const isName = (value: unknown): boolean => typeof value === "string" || typeof value === "number";

/** The same of facts alone. Words that were erased since cannot be told from others. */
export const isSaidIn = (facts: readonly object[], written: Written): boolean => {
  const told = toldBy(written);
  return facts.some((fact) => says(fact, told, true));
};

type Told = readonly { readonly name: string; readonly path: readonly string[]; value: unknown }[];

/** Field by field, with each name's path, such as `timetable.panel`. */
const toldIn = (fields: Fields): Told =>
  Object.entries(fields).map(([name, value]) => ({ name, path: name.split("."), value }));

const toldBy = (written: Written): ((fact: object) => Told) => {
  if (typeof written === "function") return (fact) => toldIn(written(fact as Fields));
  const told = toldIn(written);
  return () => told;
};

const says = (fact: object, told: (fact: object) => Told, ofErased: boolean): boolean =>
  told(fact).every(({ name, path, value }) =>
    isSame(valueIn(fact as Fields, name, path), value, ofErased),
  );

/** A field of the fact by its path, or else of its text. */
const valueIn = (fact: Fields, name: string, path: readonly string[]): unknown => {
  const [first = ""] = path;
  if (first in fact)
    return path.reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], fact);
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
