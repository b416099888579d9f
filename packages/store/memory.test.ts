import { storeContract } from "./contract.ts";
import type { Interruption } from "./interruption.ts";
import { createMemoryDisk, createMemoryStore } from "./memory.ts";
import { failures } from "./contract/failures.ts";
import { type Acknowledged, writeOn } from "./contract/writer.ts";

storeContract("memory", async () => {
  const disk = createMemoryDisk();
  const { interrupt, failNext } = failures();
  return {
    open: async () => createMemoryStore({ disk, interrupt }),
    failNext,
    loseConnections: async () => undefined,
    crash: async (prefix, moment) => {
      const acknowledged: Acknowledged[] = [];
      let commits = 0;
      const die: Interruption = (reached) => {
        if (reached !== moment && moment !== "anytime") return;
        commits += 1;
        if (commits >= 20) throw new Error("the process is dead");
      };
      const store = createMemoryStore({ disk, interrupt: die });
      await writeOn(store, prefix, (one) => acknowledged.push(one)).catch(() => undefined);
      return acknowledged;
    },
    remove: async () => undefined,
  };
});
