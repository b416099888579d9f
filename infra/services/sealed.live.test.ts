import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { CommandId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { isErased, mapTexts } from "@assay/domain/kernel/text-places.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { openedReader } from "@assay/vault/sealed-store.ts";
import { describe, expect, it } from "vitest";

import { freshPlots, tellDisturbed } from "./contract/disturbed.ts";

/** Words about cases as they were written, longer than what stands elsewhere by chance. */
const wordsAbout = (events: readonly StoredEvent[]): ReadonlySet<string> => {
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
const filesWith = (folder: string, words: Iterable<string>): readonly string[] => {
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

const statesOf = (events: readonly StoredEvent[], id: string): ReadonlySet<string> => {
  const states = new Set<string>();
  for (const { data } of events)
    mapTexts(data, (text, { case: about }) => {
      if (about === id) states.add(isErased(text) ? "gone" : "kept");
      return text;
    });
  return states;
};

describe.each(["folder", "nats"] as const)("with its keys in: %s", (keysIn) => {
  it(
    "seals words whichever process writes them, and erases them for every process",
    () => sealsAndErases(keysIn),
    600_000,
  );
});

const sealsAndErases = async (keysIn: "folder" | "nats"): Promise<void> => {
  const plots = freshPlots().slice(0, 1);
  const { inspection } = plots[0]!;
  await tellDisturbed({
    ...{ plots, replicas: 1, disturbances: [], keysIn },
    check: async ({ store, stage, dataDir, bus, openKeysAgain }) => {
      const before = await readInspection(store, inspection);
      const words = wordsAbout(before);
      expect(words.size).toBeGreaterThan(20);
      expect(filesWith(dataDir, words)).toEqual([]);
      if (stage.eventStore) expect(filesWith(dataDir, ["JudgementRecorded"])).not.toEqual([]);
      expect(statesOf(before, "c0001")).toEqual(new Set(["kept"]));

      const id = CommandId.parse(crypto.randomUUID());
      const reply = await bus.send("announcement", {
        ...{ id, correlationId: id, causationId: id },
        command: {
          ...{ type: "EraseCase", inspection, of: "c0001", ground: "objection-upheld" },
          at: Instant.parse("2022-01-01T09:00:00.000Z"),
          by: { id: "hugo", role: "head-of-programme" },
          reason: "The family objected, and nothing outweighs it.",
        },
      });
      expect(reply).toMatchObject({ accepted: true, events: 1 });

      const elsewhere = await openKeysAgain();
      const reader = { ...store, ...openedReader(store, elsewhere) };
      for (const each of [store, reader]) {
        const after = await readInspection(each, inspection);
        expect(statesOf(after, "c0001")).toEqual(new Set(["gone"]));
        expect(statesOf(after, "c0002")).toEqual(new Set(["kept"]));
      }
      await elsewhere.close();
      expect(filesWith(dataDir, words)).toEqual([]);
    },
  });
};
