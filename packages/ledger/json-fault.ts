/**
 * Where a text stops being the canonical JSON of anything: the byte, and the place within the
 * document. A changed byte of a large file is found by it.
 */
import { canonical } from "./leaf.ts";

/** `byte` counts from 0; `pointer` is a JSON pointer (RFC 6901). */
export type JsonFault = { readonly byte: number; readonly pointer: string };

/** The first place at which the text is no JSON; undefined when it is. */
export const syntaxFault = (text: string): JsonFault | undefined => {
  const reader = new Reader(text);
  if (reader.value("") && reader.at === text.length) return undefined;
  return faultAt(text, reader.at, reader.pointer);
};

/** The first place at which the text, which is JSON, is not in canonical form. */
export const formFault = (text: string, value: unknown): JsonFault | undefined => {
  const expected = canonical(value);
  if (expected === text) return undefined;
  let at = 0;
  while (text[at] === expected[at]) at += 1;
  const reader = new Reader(text, at);
  reader.value("");
  return faultAt(text, at, reader.pointer);
};

export const inWords = ({ byte, pointer }: JsonFault): string =>
  `at byte ${byte}, in ${pointer === "" ? "the file as a whole" : pointer}`;

const faultAt = (text: string, at: number, pointer: string): JsonFault => ({
  byte: new TextEncoder().encode(text.slice(0, at)).length,
  pointer,
});

const patterns = {
  string: /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy,
  literal: /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y,
};

/** Reads JSON without white space up to `end`, and keeps the place that it has come to. */
class Reader {
  at = 0;
  pointer = "";
  readonly #text: string;
  readonly #end: number;

  constructor(text: string, end = text.length) {
    this.#text = text;
    this.#end = end;
  }

  value(pointer: string): boolean {
    this.pointer = pointer;
    if (this.#take("{")) return this.#members(pointer);
    if (this.#take("[")) return this.#items(pointer);
    return (
      this.#match(patterns.string) !== undefined || this.#match(patterns.literal) !== undefined
    );
  }

  #members(pointer: string): boolean {
    if (this.#take("}")) return true;
    do {
      this.pointer = pointer;
      const key = this.#match(patterns.string);
      if (key === undefined) return false;
      const name = String(JSON.parse(key)).replaceAll("~", "~0").replaceAll("/", "~1");
      if (!this.#take(":") || !this.value(`${pointer}/${name}`)) return false;
    } while (this.#take(","));
    return this.#take("}");
  }

  #items(pointer: string): boolean {
    if (this.#take("]")) return true;
    let index = 0;
    do if (!this.value(`${pointer}/${index++}`)) return false;
    while (this.#take(","));
    return this.#take("]");
  }

  #take(sign: string): boolean {
    if (this.at >= this.#end || this.#text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined || found === "" || this.at + found.length > this.#end) return undefined;
    this.at += found.length;
    return found;
  }
}
