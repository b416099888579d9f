/**
 * What nobody sees by using Assay: whether what is stored is still what was signed, and how old the
 * last copies are. Looked at beside everything else, and told to operators.
 */
import { type Copied, newestCopies } from "@assay/host/copies.ts";
import type { Reaction } from "@assay/host/definition.ts";
import type { Log } from "@assay/host/log.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { EventStore } from "@assay/store/port.ts";

import { type Evidence, integrityInWords, watchIntegrity } from "./integrity-watch.ts";

const minute = 60_000;
/** Reading everything again takes as long as there is to read. */
const daily = 24 * 60 * minute;

type Watching = {
  readonly store: EventStore;
  readonly evidence: Evidence;
  readonly log: Pick<Log, "info" | "error" | "warn">;
};

export const watching = ({ store, evidence, log }: Watching): Reaction => ({
  ...{ name: "watching", prefixes: [], facts: [], react: async () => {} },
  begin: () => {
    let broken: number | undefined;
    let copies: ReadonlyMap<Copied, Instant> = new Map();
    const integrity = async (): Promise<void> => {
      const watched = await watchIntegrity(store, evidence);
      broken = watched.filter(({ tampering }) => tampering.length > 0).length;
      const told = { integrity: integrityInWords(watched) };
      log[broken === 0 ? "info" : "error"](told, "integrity watched");
    };
    const ages = async (): Promise<void> => {
      copies = await newestCopies(store);
    };
    const timers = [looking(integrity, daily), looking(ages, minute)];
    function looking(look: () => Promise<void>, rhythm: number): NodeJS.Timeout {
      const once = (): void =>
        void look().catch((error: unknown) => log.warn({ err: error }, "could not be watched"));
      once();
      return setInterval(once, rhythm).unref();
    }
    return {
      close: async () => timers.forEach((timer) => clearInterval(timer)),
      measure: (metrics) => {
        if (broken !== undefined) metrics.integrityBroken.set(broken);
        for (const [of, at] of copies) metrics.copied.set({ of }, Date.parse(at) / 1000);
      },
      neighbours: () => ({
        integrity: broken === undefined ? "not looked at yet" : broken === 0 ? "ok" : "broken",
        "copy of the data": copies.get("data") ?? "none on record",
        "copy of the keys": copies.get("keys") ?? "none on record",
      }),
    };
  },
});
