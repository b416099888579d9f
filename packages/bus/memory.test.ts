import { busContract } from "./contract.ts";
import { createMemoryBus, createMemoryHub } from "./memory.ts";

busContract("the bus in memory", async () => {
  const hub = createMemoryHub();
  return { connect: async () => createMemoryBus(hub), close: async () => {} };
});
