/**
 * JSON with its places: where it is malformed, by line and column, and on which line each value
 * stands, so that a later objection to a value can say where it is. Strict (RFC 8259); a name given
 * twice in one object is refused, because readers would not agree on its value.
 */
export type Place = { readonly line: number; readonly column: number };

export type JsonText =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Where the value at a path such as `standards.2.1.rating` begins, or its nearest parent. */
      readonly placeOf: (path: string) => Place;
    }
  | ({ readonly ok: false; readonly problem: string } & Place);

/** Deeper than any file of ours; a file that nests deeper is refused, not run out of stack on. */
const deepest = 64;

export const readJson = (text: string): JsonText => {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const starts = new Map<string, number>();
  try {
    scan(source, starts);
    return {
      ok: true,
      value: JSON.parse(source),
      placeOf: (path) => placeIn(source, nearest(path, starts)),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ok: false, problem: error.message, ...placeIn(source, error.offset) };
  }
};

class Malformed extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = "Malformed";
    this.offset = offset;
  }
}

const placeIn = (source: string, offset: number): Place => {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

const nearest = (path: string, starts: ReadonlyMap<string, number>): number => {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    const start = starts.get(at);
    if (start !== undefined) return start;
  }
  return starts.get("") ?? 0;
};

const space = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const quoted = /"(?:[ !#-[\]-\uFFFF]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;

/** Notes where every value begins. Throws Malformed at the first place that is no JSON. */
const scan = (source: string, starts: Map<string, number>): void => {
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const fail = (expected: string): never => {
    const found = at >= source.length ? "the end of the file" : JSON.stringify(source[at]);
    throw new Malformed(`expected ${expected}, found ${found}`, at);
  };
  const take = (sign: string): boolean => {
    match(space);
    if (source[at] !== sign) return false;
    at += 1;
    return true;
  };
  const name = (): string => {
    match(space);
    return match(quoted) ?? fail(source[at] === '"' ? "a well-formed string" : "a name in quotes");
  };
  const members = (path: string, depth: number): void => {
    const names = new Set<string>();
    do {
      match(space);
      const start = at;
      const key = String(JSON.parse(name()));
      if (names.has(key)) throw new Malformed(`"${key}" is given twice`, start);
      names.add(key);
      if (!take(":")) fail('":"');
      value(path === "" ? key : `${path}.${key}`, depth);
    } while (take(","));
    if (!take("}")) fail('"," or "}"');
  };
  const elements = (path: string, depth: number): void => {
    for (let index = 0; index === 0 || take(","); index += 1)
      value(path === "" ? String(index) : `${path}.${index}`, depth);
    if (!take("]")) fail('"," or "]"');
  };
  const value = (path: string, depth: number): void => {
    match(space);
    if (depth > deepest) throw new Malformed(`nested more than ${deepest} deep`, at);
    starts.set(path, at);
    if (take("{")) return take("}") ? undefined : members(path, depth + 1);
    if (take("[")) return take("]") ? undefined : elements(path, depth + 1);
    if (source[at] === '"') return void name();
    if (match(scalar) === undefined) fail("a value");
  };
  value("", 0);
  match(space);
  if (at < source.length) fail("the end of the file");
};
