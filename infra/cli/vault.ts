/** `assay vault`: copies of the keys that open words about people, and a new key around them. */
import { erasureIn } from "@assay/domain/announcement/erasure/events.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { recordCopy } from "@assay/host/copies.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import {
  backupKeys,
  restoreCopy,
  type Restored,
  restoreKeys,
  rotateKeys,
  writeCopy,
} from "@assay/vault/key-copies.ts";
import { masterKeyPath, openKeys } from "@assay/vault/key-folder.ts";
import { type MasterKey, masterKeyFrom } from "@assay/vault/master-key.ts";
import type { KeptKeys, KeyStore } from "@assay/vault/key-store.ts";
import type { NatsKeys } from "@assay/vault/nats-keys.ts";
import { lostIn } from "@assay/vault/seal.ts";
import { carryOut } from "@assay/vault/sealed-store.ts";
import type { Command } from "commander";
import { existsSync, readFileSync } from "node:fs";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { engineOf, throughEngine, type ToEngine } from "./engine.ts";
import { addressOf, type FromData, remoteStore } from "./event-store.ts";
import { Refused, refusingFaults, WrongUsage } from "./failure.ts";
import { keyPlaceOf } from "./key-place.ts";
import { withNatsKeys } from "./nats-keys.ts";
import { inFolder, readingData, withStore } from "./records.ts";
import type { Terminal } from "./terminal.ts";

type Options = ForMachines &
  FromData & { readonly nats?: string; readonly store?: string; readonly to?: string };

export const addVault = (program: Command, context: Context): void => {
  const { terminal, finish } = context;
  const vault = introduce(program, {
    name: "vault",
    summary: "Backs up, restores and renews the keys that open words about people.",
    about:
      "A backup of the data holds no keys, so that what is erased is gone from it too. Keep the\n" +
      "copies of the keys apart from it, and only the newest. Where KEYS_IN of the services is\n" +
      "set, theirs are worked on; --nats and --data go before it.",
    examples: [
      "vault backup assay.keys",
      "vault restore assay.keys",
      "vault lost",
      "vault give-up north-vale-2027 --as head-of-programme",
      "vault rotate",
      "vault rotate --nats nats://10.0.0.7:4222 --to next-key",
    ],
  });
  const command = (name: string, description: string): Command =>
    inFolder(jsonOption(vault.command(name)), terminal)
      .option("--nats <URL>", "the keys in NATS (nats://… or tls://…) instead of a folder")
      .description(description);
  command(
    "backup <FILE>",
    "Copies the wrapped keys. The key-encryption key is not in the copy.",
  ).action((file: string, options: Options) => backUp(file, options, context));
  command("restore <FILE>", "Takes the keys of a copy back, and none that was destroyed.")
    .option("--store <URL>", "with --nats: the event store (esdb://…) whose erasures are on record")
    .action((file: string, options: Options) => bringBack(file, options, terminal));
  readingData(jsonOption(vault.command("lost")), terminal)
    .description("Lists the words that no key opens, by whose key is missing. 1: there are some.")
    .action(async (options: ForMachines & FromData) => {
      const lost = await withStore(options, terminal, lostKeys);
      terminal.out(options.json ? jsonLine(lost) : toldLost(lost));
      if (lost.length > 0) finish(1);
    });
  throughEngine(jsonOption(vault.command("give-up <ID>")), terminal)
    .description("Closes an inspection's new words with new keys, where those before are lost.")
    .action(async (id: string, options: ForMachines & ToEngine) => {
      const path = `/api/v1/inspections/${encodeURIComponent(id)}/keys/give-up`;
      const answer = await engineOf(options, terminal).post(path, {});
      const said = `${id} goes on with new keys. A lost one that turns up later is taken.\n`;
      terminal.out(options.json ? jsonLine(answer) : said);
    });
  command(
    "rotate",
    "Wraps every key with a new key-encryption key. Older copies open nothing then.",
  )
    .option("--to <FILE>", "with the key in this file, which is handed over from then on")
    .action((options: Options) => rotate(options, terminal));
};

type Lost = { readonly owner: string; readonly words: number; readonly first: string };

/** Whose keys are missing or do not open: how many words of theirs, and where the first stand. */
const lostKeys = async (reader: Pick<EventStore, "readAll">): Promise<readonly Lost[]> => {
  const found = new Map<string, Lost>();
  for await (const page of reader.readAll())
    for (const event of page)
      for (const owner of Object.values(lostIn(event))) {
        const place = `${event.stream}@${event.revision}`;
        const before = found.get(owner) ?? { owner, words: 0, first: place };
        found.set(owner, { ...before, words: before.words + 1 });
      }
  return [...found.values()];
};

const toldLost = (lost: readonly Lost[]): string => {
  if (lost.length === 0) return "Every word opens.\n";
  const lines = lost.map(
    ({ owner, words, first }) => `${owner}: ${words} ${words === 1 ? "text" : "texts"}, ${first}\n`,
  );
  return (
    `${lines.join("")}\nThese read as erased, and everything else goes on. Bring their keys back ` +
    "with assay vault restore.\nWhere a copy is nowhere to be found, assay vault give-up lets an " +
    "inspection go on without them.\n"
  );
};

const backUp = (file: string, options: Options, { terminal, finish }: Context): Promise<void> =>
  refusingFaults(async () => {
    const target = terminal.pathOf(file);
    const { nats, folder } = keyPlaceOf(options, terminal);
    const { keys, shut } = nats
      ? await withNatsKeys(nats, terminal, async (store, master) =>
          writeCopy(target, { rows: await store.rows(), master }),
        )
      : backupKeys(folder, target, { secret: terminal.masterKey });
    const told = `Copied ${keys} keys to ${file}; ${keys - shut.length} open.\n`;
    terminal.out(options.json ? jsonLine({ file, keys, shut }) : `${told}${toldShut(shut)}`);
    const besides = folder !== undefined && existsSync(masterKeyPath(folder));
    const where = besides ? masterKeyPath(folder) : "where it is handed over from";
    terminal.err(`They open only with the key-encryption key (${where}). Keep that one apart.\n`);
    if (shut.length > 0) return finish(1);
    const url = addressOf(options, terminal);
    if (url !== undefined) await noted(url, terminal);
  });

/** In the installation, so that the age of the newest copy can be watched. */
const noted = async (url: string, terminal: Terminal): Promise<void> => {
  const store = remoteStore(url);
  try {
    await recordCopy(store, "keys", terminal.now());
  } finally {
    await store.close();
  }
};

const toldShut = (shut: readonly string[]): string =>
  shut.length === 0
    ? ""
    : `These do not open with this key-encryption key:\n${shut.map((one) => `  ${one}\n`).join("")}`;

const bringBack = (file: string, options: Options, terminal: Terminal): Promise<void> =>
  refusingFaults(async () => {
    const source = terminal.pathOf(file);
    const { nats, folder } = keyPlaceOf(options, terminal);
    const store = addressOf(options, terminal);
    if (nats === undefined) {
      const secret = terminal.masterKey;
      const restored = await restoreKeys(folder, source, { secret });
      const erasures = await eraseAgain(folder, { secret, store });
      return terminal.out(toldRestored(restored, erasures, options));
    }
    if (store === undefined) {
      throw new WrongUsage(
        "Name the event store as well (--store esdb://…): a copy may be older than an erasure,\n" +
          "and what is on record there is carried out again.",
      );
    }
    const events = remoteStore(store);
    try {
      await events.ping();
      const bring = async (keys: KeptKeys, master: MasterKey): Promise<void> => {
        const restored = await restoreCopy(source, keys, master);
        terminal.out(toldRestored(restored, await erasuresAgain(events, keys), options));
      };
      await withNatsKeys(nats, terminal, bring, { begins: true });
    } finally {
      await events.close();
    }
  });

const toldRestored = (
  { restored: keys, shut }: Restored,
  erasures: number,
  { json }: ForMachines,
): string =>
  json
    ? jsonLine({ keys, erasures, shut })
    : `Restored ${keys} keys; ${erasures} erasures on record were carried out again.\n` +
      toldShut(shut);

type Erased = { readonly secret: string | undefined; readonly store: string | undefined };

/** A copy may be older than an erasure: what the store says was erased, is. */
const eraseAgain = async (folder: string, { secret, store }: Erased): Promise<number> => {
  if (store === undefined && !existsSync(storePath(folder))) return 0;
  const reader = store === undefined ? openSqliteReader(storePath(folder)) : remoteStore(store);
  const keys = openKeys(folder, { secret });
  try {
    return await erasuresAgain(reader, keys);
  } finally {
    await reader.close();
    keys.close();
  }
};

const erasuresAgain = async (
  reader: Pick<EventStore, "readAll">,
  keys: KeyStore,
): Promise<number> => {
  let found = 0;
  for await (const page of reader.readAll({ prefixes: ["erasure-"] })) {
    await carryOut(page, keys);
    found += page.filter(({ type, data }) => erasureIn({ type, ...data })).length;
  }
  return found;
};

const rotate = (options: Options, terminal: Terminal): Promise<void> =>
  refusingFaults(async () => {
    const { to: file } = options;
    const { nats, folder } = keyPlaceOf(options, terminal);
    const to = file === undefined ? undefined : readFileSync(terminal.pathOf(file), "utf8").trim();
    if (nats !== undefined && to === undefined) {
      throw new WrongUsage(
        "Make the next key and name its file: openssl rand -hex 32 > next-key, and --to next-key.",
      );
    }
    const told = nats
      ? await withNatsKeys(nats, terminal, async (keys, from) => {
          const next = masterKeyFrom(to!);
          await everybodyAccepts(keys, next.id);
          return { from: from.id, to: next.id, keys: await keys.rewrap(from, next) };
        })
      : rotateKeys(folder, { secret: terminal.masterKey, to });
    const words = `Wrapped ${told.keys} keys with ${told.to} instead of ${told.from}.\n`;
    terminal.out(options.json ? jsonLine(told) : words);
    terminal.err(
      (to ? "Give the new key alone to every service now.\n" : "") +
        "Older copies of the keys open with the old key-encryption key alone. Make a new copy\n" +
        "(vault backup), then destroy the older ones and every copy of the old key.\n",
    );
  });

/** Throws Refused where somebody works with these keys who would open nothing afterwards. */
const everybodyAccepts = async (keys: NatsKeys, next: string): Promise<void> => {
  const blind = (await keys.holders()).filter(({ accepts }) => !accepts.includes(next));
  if (blind.length === 0) return;
  throw new Refused(
    `Nothing was changed: these run and do not know the next key, ${next}. Put it on a second line\n` +
      "of their key-encryption key, start them again one after the other, and repeat this.",
    blind.map(({ name, accepts }) => ({
      place: name,
      problem: `opens with ${accepts.join(", ")}`,
    })),
  );
};
