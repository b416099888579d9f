import { versions } from "@assay/domain/framework/versions.ts";
import { CommandId } from "@assay/domain/kernel/ids.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { isErased, mapTexts } from "@assay/domain/kernel/text-places.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { openedReader } from "@assay/vault/sealed-store.ts";
import { expect, it } from "vitest";

import { tellDisturbed } from "./contract/disturbed.ts";
import { filesWith, wordsAbout } from "./contract/words-kept.ts";

const statesOf = (events: readonly StoredEvent[], id: string): ReadonlySet<string> => {
  const states = new Set<string>();
  for (const { data } of events)
    mapTexts(data, (text, { case: about }) => {
      if (about === id) states.add(isErased(text) ? "gone" : "kept");
      return text;
    });
  return states;
};

it("seals words whichever process writes them, and erases them for every process", async () => {
  const plot = madeUpPlot({
    inspection: `sandford-${crypto.randomUUID().slice(0, 8)}`,
    ...{ service: "Sandford Youth Justice Service", framework: versions.at(-1)!.framework },
    ...{ start: Day.parse("2026-03-02"), seed: 3 },
  });
  const { inspection } = plot;
  await tellDisturbed({
    ...{ plots: [plot], replicas: 1, disturbances: [], keysIn: "nats" },
    check: async ({ store, stage, dataDir, bus, openKeysAgain }) => {
      const before = await readInspection(store, inspection);
      const words = wordsAbout(before);
      expect(words.size).toBeGreaterThan(4);
      expect(filesWith(dataDir, words)).toEqual([]);
      if (stage.eventStore) expect(filesWith(dataDir, ["JudgementRecorded"])).not.toEqual([]);
      const cases = before.filter(({ type }) => type === "CaseAllocated");
      const [of, other] = cases.map(({ data }) => String(data["case"])) as [string, string];
      expect(statesOf(before, of)).toEqual(new Set(["kept"]));

      const id = CommandId.parse(crypto.randomUUID());
      const reply = await bus.send("announcement", {
        ...{ id, correlationId: id, causationId: id },
        command: {
          ...{ type: "EraseCase", inspection, of, ground: "objection-upheld" },
          at: Instant.parse("2027-01-04T09:00:00.000Z"),
          by: { id: "hugo", role: "head-of-programme" },
          reason: "The family objected, and nothing outweighs it.",
        },
      });
      expect(reply).toMatchObject({ accepted: true, events: 1 });

      const elsewhere = await openKeysAgain();
      const reader = { ...store, ...openedReader(store, elsewhere) };
      for (const each of [store, reader]) {
        const after = await readInspection(each, inspection);
        expect(statesOf(after, of)).toEqual(new Set(["gone"]));
        expect(statesOf(after, other)).toEqual(new Set(["kept"]));
      }
      await elsewhere.close();
      expect(filesWith(dataDir, words)).toEqual([]);
    },
  });
}, 600_000);
