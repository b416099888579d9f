/**
 * The typefaces of a printed report: its own, one for each further script that people write, and
 * one that has a shape for nearly everything else. A file is read when a character first needs it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { inflateSync } from "node:zlib";

export type Typeface = {
  /** As the typesetter knows it. */
  readonly family: string;
  /** One for each style, as OpenType. */
  readonly files: () => readonly Buffer[];
  /** Ranges of code points for which there is a shape, each with its first and its last. */
  readonly ranges: () => readonly (readonly [number, number])[];
};

const require = createRequire(import.meta.url);

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};

const typeface = (family: string, read: () => readonly Buffer[]): Typeface => {
  const files = once(read);
  return { family, files, ranges: once(() => rangesIn(tableOf(files()[0]!, "cmap"))) };
};

const ownFamily = "Source Sans 3";

const own = typeface(ownFamily, () => {
  const folder = dirname(require.resolve("@expo-google-fonts/source-sans-3/package.json"));
  return ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"].map((face) =>
    readFileSync(join(folder, face, `SourceSans3_${face}.ttf`)),
  );
});

/** Each further script with where its package lies. */
const scripts: readonly (readonly [string, () => string])[] = [
  ["Arabic", () => require.resolve("@fontsource/noto-sans-arabic/package.json")],
  ["Bengali", () => require.resolve("@fontsource/noto-sans-bengali/package.json")],
  ["Devanagari", () => require.resolve("@fontsource/noto-sans-devanagari/package.json")],
  ["Gujarati", () => require.resolve("@fontsource/noto-sans-gujarati/package.json")],
  ["Gurmukhi", () => require.resolve("@fontsource/noto-sans-gurmukhi/package.json")],
  ["Hebrew", () => require.resolve("@fontsource/noto-sans-hebrew/package.json")],
  ["Malayalam", () => require.resolve("@fontsource/noto-sans-malayalam/package.json")],
  ["Sinhala", () => require.resolve("@fontsource/noto-sans-sinhala/package.json")],
  ["Tamil", () => require.resolve("@fontsource/noto-sans-tamil/package.json")],
  ["Telugu", () => require.resolve("@fontsource/noto-sans-telugu/package.json")],
  ["Thai", () => require.resolve("@fontsource/noto-sans-thai/package.json")],
];

const ofScript = ([script, place]: (typeof scripts)[number]): Typeface => {
  const name = script.toLowerCase();
  const file = `noto-sans-${name}-${name}-400-normal.woff`;
  return typeface(`Noto Sans ${script}`, () => [
    unpacked(readFileSync(join(dirname(place()), "files", file))),
  ]);
};

const lastResort = typeface("UnifontExMono", () => [
  unpacked(
    readFileSync(require.resolve("@fontsource/unifontex/files/unifontex-latin-400-normal.woff")),
  ),
]);

/** In the order in which a character is looked for. */
export const typefaces: readonly Typeface[] = [own, ...scripts.map(ofScript), lastResort];

/**
 * The report's own typeface, and of the others those that the text needs, in their order. Letters
 * of two scripts that join are set in the last one, so it comes with any other.
 */
export const typefacesFor = (text: string): readonly Typeface[] => {
  const needed = new Set<Typeface>([own]);
  for (const character of new Set(text)) {
    const code = character.codePointAt(0)!;
    const found = code < 0x250 ? own : typefaces.find((each) => isShaped(each, code));
    if (found) needed.add(found);
  }
  if (needed.size > 1) needed.add(lastResort);
  return typefaces.filter((each) => needed.has(each));
};

/** Whether the typeface has a shape for the code point. */
export const isShaped = ({ ranges }: Typeface, code: number): boolean =>
  ranges().some(([first, last]) => code >= first && code <= last);

/**
 * An OpenType file from its packed form (WOFF File Format 1.0, W3C 2012): each table stands there
 * compressed with zlib, or as it is where that would not make it smaller.
 */
const unpacked = (packed: Buffer): Buffer<ArrayBuffer> => {
  const count = packed.readUInt16BE(12);
  const power = Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + 16 * count);
  packed.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(16 * 2 ** power, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(16 * (count - 2 ** power), 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let i = 0; i < count; i += 1) {
    const entry = 44 + 20 * i;
    const [start, size, full] = [4, 8, 12].map((at) => packed.readUInt32BE(entry + at)) as Place;
    const raw = packed.subarray(start, start + size);
    const table = size < full ? inflateSync(raw) : raw;
    const at = 12 + 16 * i;
    packed.copy(head, at, entry, entry + 4);
    packed.copy(head, at + 4, entry + 16, entry + 20);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(full, at + 12);
    parts.push(table, Buffer.alloc(-full & 3));
    offset += full + (-full & 3);
  }
  return Buffer.concat(parts);
};

type Place = [start: number, size: number, full: number];

const tableOf = (file: Buffer, name: string): Buffer => {
  for (let i = 0; i < file.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i;
    if (file.toString("latin1", at, at + 4) !== name) continue;
    const start = file.readUInt32BE(at + 8);
    return file.subarray(start, start + file.readUInt32BE(at + 12));
  }
  throw new TypeError(`a typeface without ${name}`);
};

/** What a `cmap` table maps (OpenType 1.9): its format 12 where there is one, else format 4. */
const rangesIn = (cmap: Buffer): readonly (readonly [number, number])[] => {
  const tables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) =>
    cmap.subarray(cmap.readUInt32BE(8 + 8 * i)),
  );
  const full = tables.find((table) => table.readUInt16BE(0) === 12);
  if (full) {
    return Array.from({ length: full.readUInt32BE(12) }, (_, i) => {
      const at = 16 + 12 * i;
      return [full.readUInt32BE(at), full.readUInt32BE(at + 4)] as const;
    });
  }
  const basic = tables.find((table) => table.readUInt16BE(0) === 4);
  if (!basic) throw new TypeError("a typeface without a map that is known");
  const size = basic.readUInt16BE(6);
  return Array.from({ length: size / 2 }, (_, i) => {
    const last = basic.readUInt16BE(14 + 2 * i);
    return [basic.readUInt16BE(16 + size + 2 * i), last] as const;
  }).filter(([first]) => first < 0xffff);
};
