import { setTimeout as sleep } from "node:timers/promises";

import { expect, it } from "vitest";

import { StoreFault } from "../port.ts";
import { persist, Trial } from "./patience.ts";

it("gives up with what went wrong last, not with a last try that had no time", async () => {
  const away = new StoreFault("unavailable", "nobody there", { retry: true });
  let tries = 0;
  const work = async (): Promise<void> => {
    tries += 1;
    // The waits after these two are longer than all the time there is.
    if (tries <= 2) throw away;
    await sleep(50);
  };
  await expect(persist(120, work)).rejects.toBe(away);
});

it("goes on for as long as something comes in between, and not much longer than it may", async () => {
  const away = new StoreFault("unavailable", "away", { retry: true });
  const trial = new Trial(0, new AbortController().signal);
  await expect(trial.failed(away)).rejects.toBe(away);
  const longer = new Trial(60_000, new AbortController().signal);
  await longer.failed(away);
  longer.progressed();
  await longer.failed(away);
  const lasting = new StoreFault("denied", "no", { retry: false });
  await expect(longer.failed(lasting)).rejects.toBe(lasting);
});
