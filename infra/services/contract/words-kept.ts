/** Looks for words about cases where none may be kept in the clear: in every file of a folder. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { mapTexts } from "@assay/domain/kernel/text-places.ts";
import type { StoredEvent } from "@assay/store/port.ts";

/** Words about cases as they were written, longer than what stands elsewhere by chance. */
export const wordsAbout = (events: readonly StoredEvent[]): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { data } of events)
    mapTexts(data, (text, { case: about }) => {
      for (const value of about === undefined ? [] : Object.values(text as object))
        if (typeof value === "string" && value.length >= 6) found.add(value);
      return text;
    });
  return found;
};

/** Services go on writing: a file that moves to its place while this looks is looked for again. */
export const filesWith = (folder: string, words: Iterable<string>): readonly string[] => {
  const wanted = [...words];
  for (let looks = 1; ; looks += 1)
    try {
      return lookedThrough(folder, wanted);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || looks > 100) throw error;
    }
};

const lookedThrough = (folder: string, wanted: readonly string[]): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => {
      const bytes = readFileSync(join(folder, name));
      return wanted.some((word) => bytes.includes(word) || bytes.includes(JSON.stringify(word)));
    });
