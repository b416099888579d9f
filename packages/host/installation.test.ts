import type { Instant } from "@assay/domain/kernel/instants.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { beforeEach, expect, it } from "vitest";

import {
  agree,
  agreedIn,
  differences,
  fingerprint,
  keysToAgree,
  type ToAgree,
} from "./installation.ts";

const now = () => "2026-01-05T09:00:00.000Z" as Instant;
let store: EventStore;
beforeEach(() => {
  store = createMemoryStore();
});
const start = (own: ToAgree, changes = false) => agree(store, { own, changes, now });

const secret = { SAMPLING_SECRET: fingerprint("aa") };
const other = { SAMPLING_SECRET: fingerprint("bb") };

it("records what the first process has, and takes the same from every other", async () => {
  await Promise.all([start({ ...secret, KEYS_IN: "nats" }), start({ KEYS_IN: "nats" })]);
  await start(secret);
  await start({ FILES_IN: "nats" });
  const { agreed, revision } = await agreedIn(store);
  expect([[...agreed.keys()].toSorted(), revision]).toEqual([
    ["FILES_IN", "KEYS_IN", "SAMPLING_SECRET"],
    2,
  ]);
  expect(fingerprint("AA")).toBe(fingerprint("aa"));
});

it("refuses another secret and another place, each in words, and records nothing", async () => {
  await start({ ...secret, KEYS_IN: "nats" });
  await expect(start({ ...other, ...keysToAgree("Nats") })).rejects.toMatchObject({
    problems: [
      expect.stringMatching(
        /^SAMPLING_SECRET is fingerprint \w{16} here, and fingerprint \w{16} in/,
      ),
      expect.stringMatching(/^KEYS_IN is a folder here, and nats in this installation \(.+, 2026-/),
      expect.stringContaining("INSTALLATION_CHANGES=yes"),
    ],
  });
  expect((await agreedIn(store)).revision).toBe(1);
});

it("refuses a second folder of keys on one machine", async () => {
  await start(keysToAgree("/var/lib/assay/keys"));
  await start(keysToAgree("/var/lib/assay/keys"));
  await expect(start(keysToAgree("/var/lib/assay/key"))).rejects.toThrow(/KEYS_IN on .+ is/);
});

it("takes a change that somebody says is meant, and holds everybody to it from then on", async () => {
  await start(secret);
  await start(other, true);
  await start(other);
  await expect(start(secret)).rejects.toThrow("SAMPLING_SECRET");
  expect(differences((await agreedIn(store)).agreed, secret)).toHaveLength(1);
});
