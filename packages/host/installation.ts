/**
 * What has to be the same in every process of an installation: the first one records it in the
 * event store. Every other compares at its start, and ends in words where it has something else.
 */
import { createHash, randomUUID } from "node:crypto";
import { hostname } from "node:os";

import { assay } from "@assay/domain/kernel/actor.ts";
import { fact } from "@assay/domain/kernel/fact.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { EventStore } from "@assay/store/port.ts";
import { z } from "zod";

import { Misconfigured } from "./environment.ts";

const stream = "office-installation";

const SettingAgreed = fact("SettingAgreed", {
  /** As the environment names it; of one host only where it says so. */
  setting: z.string().max(400),
  /** Nothing that is secret: of a secret its fingerprint. */
  value: z.string().max(1000),
  host: z.string().max(300),
});
type SettingAgreed = z.infer<typeof SettingAgreed>;

/** By the name of the setting. */
export type ToAgree = Readonly<Record<string, string>>;

/** It may be shown: the same everywhere, and nothing follows from it. */
export const fingerprint = (secret: string): string => {
  const hash = createHash("sha256").update(`assay-fingerprint/1\n${secret.toLowerCase()}`);
  return `fingerprint ${hash.digest("hex").slice(0, 16)}`;
};

/** The place of keys: which kind it is everywhere, and which folder on one machine. */
export const keysToAgree = (keysIn: string): ToAgree => placeToAgree("KEYS_IN", keysIn);

/** Of what services send, the same. */
export const filesToAgree = (filesIn: string): ToAgree => placeToAgree("FILES_IN", filesIn);

const placeToAgree = (name: string, place: string): ToAgree =>
  ["nats", "none", "not set"].includes(place)
    ? { [name]: place }
    : { [name]: "a folder", [`${name} on ${hostname()}`]: place };

type Store = Pick<EventStore, "read" | "append">;

export type Agreeing = {
  readonly own: ToAgree;
  /** Somebody said that what this one has is right from now on. */
  readonly changes: boolean;
  readonly now: () => Instant;
};

/** Records what nobody recorded yet. Throws `Misconfigured` for whatever is something else here. */
export const agree = async (store: Store, { own, changes, now }: Agreeing): Promise<void> => {
  for (;;) {
    const { agreed, revision } = await agreedIn(store);
    const different = differences(agreed, own);
    if (different.length > 0 && !changes)
      throw new Misconfigured([
        ...different,
        "INSTALLATION_CHANGES=yes says that what stands here is right from now on",
      ]);
    const news = Object.entries(own).filter(([name, value]) => agreed.get(name)?.value !== value);
    if (news.length === 0) return;
    const events = news.map(([setting, value]) => {
      const { type, ...data } = SettingAgreed.parse({
        ...{ type: "SettingAgreed", at: now(), by: assay, setting, value, host: hostname() },
      });
      return { id: randomUUID(), type, data, metadata: { version: 1 } };
    });
    if ((await store.append(stream, events, revision)).appended) return;
  }
};

/** What is something else here, in words. */
export const differences = (
  agreed: ReadonlyMap<string, SettingAgreed>,
  own: ToAgree,
): readonly string[] =>
  Object.entries(own).flatMap(([name, value]) => {
    const found = agreed.get(name);
    if (found === undefined || found.value === value) return [];
    const { host, at } = found;
    return [`${name} is ${value} here, and ${found.value} in this installation (${host}, ${at})`];
  });

/** What the processes of this installation agreed on, by the name of the setting. */
export const agreedIn = async (store: Pick<EventStore, "read">) => {
  const agreed = new Map<string, SettingAgreed>();
  let revision: number | "none" = "none";
  for await (const page of store.read(stream))
    for (const { type, data, revision: at } of page) {
      const { data: found } = SettingAgreed.safeParse({ type, ...data });
      if (found) agreed.set(found.setting, found);
      revision = at;
    }
  return { agreed, revision };
};
