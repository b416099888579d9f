import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { storeContract } from "@assay/store/contract.ts";
import { failures } from "@assay/store/contract/failures.ts";
import { all } from "@assay/store/contract/subject.ts";
import { crashWriter } from "@assay/store/contract/crash.ts";
import type { EventStore, NewEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { newMasterKey } from "./master-key.ts";
import { sealedStore } from "./sealed-store.ts";
import { lostIn } from "./seal.ts";
import { openSqliteKeys } from "./sqlite-keys.ts";

const keysIn = (folder: string, master = newMasterKey()) => ({
  master,
  open: () => openSqliteKeys({ path: join(folder, "keys.sqlite"), master: () => master }),
});

storeContract("sqlite with sealed words", async () => {
  const folder = await mkdtemp(join(tmpdir(), "assay-vault-"));
  const path = join(folder, "events.sqlite");
  const keys = keysIn(folder);
  const { interrupt, failNext } = failures();
  return {
    open: async () => sealedStore(openSqliteStore({ path, interrupt }), keys.open()),
    failNext,
    loseConnections: async () => undefined,
    crash: (prefix, moment) => crashWriter({ store: path, prefix, moment }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});

let folder: string;
let keys: ReturnType<typeof keysIn>;
let store: EventStore;
const salt = "ab".repeat(16);

const openStore = (): EventStore =>
  sealedStore(openSqliteStore({ path: join(folder, "events.sqlite") }), keys.open());

const event = (type: string, data: NewEvent["data"]): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { commandId: randomUUID(), salt },
});

const list = event("CaseListSubmitted", {
  cases: [
    { case: "c0001", gender: "female", text: { ref: "ref-of-the-first" } },
    { case: "c0002", gender: "male", text: { ref: "ref-of-the-second" } },
  ],
});
const letter = event("CaseListReturned", { text: { reason: "words-of-the-inspection" } });
const judgement = event("JudgementRecorded", {
  case: "c0001",
  answer: "yes",
  text: { rationale: "words-about-the-first" },
});
const erasing = event("CaseErased", {
  of: "c0001",
  ground: "objection-upheld",
  at: "2026-01-02T03:04:05.678Z",
  text: { reason: "words-about-the-erasure" },
});

const words = [
  "ref-of-the-first",
  "ref-of-the-second",
  "words-of-the-inspection",
  "words-about-the-first",
  "words-about-the-erasure",
];

/** Which of the words stand in plain sight in any file. */
const readable = async (): Promise<readonly string[]> => {
  const found = new Set<string>();
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    for (const word of words) if (bytes.includes(word)) found.add(word);
  }
  return [...found];
};

const told = async (from: EventStore, stream: string) =>
  (await all(from.read(stream))).map(({ data }) => data);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-vault-"));
  keys = keysIn(folder);
  store = openStore();
  await store.append("inspection-somewhere", [list, letter], "none");
  await store.append("assessment-somewhere.c0001", [judgement], "none");
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe("words in a sealed store", () => {
  it("are nowhere on the disk and read as they were written, after a restart too", async () => {
    expect(await readable()).toEqual([]);
    expect(await told(store, "inspection-somewhere")).toEqual([list.data, letter.data]);
    await store.close();
    store = openStore();
    expect(await told(store, "inspection-somewhere")).toEqual([list.data, letter.data]);
    expect(await told(store, "assessment-somewhere.c0001")).toEqual([judgement.data]);
  });

  it("have a salt each, and that of the event is not kept", async () => {
    const [first] = await all(store.read("inspection-somewhere"));
    expect(first?.metadata).toEqual({
      commandId: list.metadata["commandId"],
      salts: {
        "/cases/0/text": expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        "/cases/1/text": expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      },
    });
    expect(new Set(Object.values(first?.metadata["salts"] as object)).size).toBe(2);
  });

  it("make a repeated append no other one", async () => {
    const again = await store.append("inspection-somewhere", [list, letter], "none");
    expect(again).toMatchObject({ appended: true, revision: 1 });
    expect(await told(store, "inspection-somewhere")).toHaveLength(2);
  });

  it("do not open without their keys, and not with others", async () => {
    await store.close();
    expect(() => keysIn(folder, newMasterKey()).open()).toThrow(/are wrapped by the key/);
    await rm(join(folder, "keys.sqlite"));
    store = openStore();
    expect(await told(store, "inspection-somewhere")).toMatchObject([
      { cases: [{ text: { erased: true } }, { text: { erased: true } }] },
      { text: { erased: true } },
    ]);
    const [first] = await all(store.read("inspection-somewhere"));
    expect(lostIn(first!)).toEqual({
      "/cases/0/text": "somewhere.list.c0001",
      "/cases/1/text": "somewhere.list.c0002",
    });
  });
});

describe("erasing a case", () => {
  beforeEach(() => store.append("erasure-somewhere", [erasing], "none"));

  it("takes its words and leaves everything else", async () => {
    const gone = { erased: true };
    const { cases } = list.data as { cases: readonly object[] };
    expect(await told(store, "inspection-somewhere")).toEqual([
      { cases: [{ ...cases[0], text: gone }, cases[1]] },
      letter.data,
    ]);
    expect(await told(store, "assessment-somewhere.c0001")).toEqual([
      { ...judgement.data, text: gone },
    ]);
    expect(await told(store, "erasure-somewhere")).toEqual([erasing.data]);
  });

  it("keeps no word that is written about it later", async () => {
    await store.append("assessment-somewhere.c0001", [{ ...judgement, id: randomUUID() }], 0);
    const texts = (await told(store, "assessment-somewhere.c0001")).map(({ text }) => text);
    expect(texts).toEqual([{ erased: true }, { erased: true }]);
  });

  it("is carried out by whoever hears of it, when the eraser died too soon", async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), "assay-vault-copy-"));
    const raw = openSqliteStore({ path: join(elsewhere, "events.sqlite") });
    const own = keysIn(elsewhere);
    const first = sealedStore(raw, own.open());
    await first.append("assessment-somewhere.c0001", [judgement], "none");
    await raw.append(
      "erasure-somewhere",
      [{ ...erasing, data: { ...erasing.data, text: { erased: true } } }],
      "none",
    );
    expect(await told(first, "assessment-somewhere.c0001")).toEqual([judgement.data]);
    await all(first.readAll({ prefixes: ["erasure-"] }));
    expect(await told(first, "assessment-somewhere.c0001")).toMatchObject([
      { text: { erased: true } },
    ]);
    await first.close();
    await rm(elsewhere, { recursive: true });
  });

  it("is seen at once by other processes that have the keys in memory", async () => {
    const other = keys.open();
    const before = await other.find(["somewhere.list.c0002"]);
    expect(before.get("somewhere.list.c0002")).toBeInstanceOf(Buffer);
    const next = event("CaseErased", { ...erasing.data, of: "c0002" });
    await store.append("erasure-somewhere", [next], 0);
    expect((await other.find(["somewhere.list.c0002"])).get("somewhere.list.c0002")).toBe(
      "destroyed",
    );
    other.close();
  });
});

it("hands erased words to nobody who follows, though others were handed them before", async () => {
  const heard = async (): Promise<string> => {
    const said: unknown[] = [];
    const abort = new AbortController();
    for await (const delivery of store.subscribe({ signal: abort.signal })) {
      if (delivery.kind === "events") said.push(...delivery.events.map(({ data }) => data));
      else abort.abort();
    }
    return JSON.stringify(said);
  };
  expect(await heard()).toContain("words-about-the-first");
  const another = keys.open();
  const at = "2026-01-02T03:04:05.678Z";
  await another.destroy({ owners: [{ one: "somewhere.words.c0001" }], at });
  another.close();
  const after = await heard();
  expect(after).not.toContain("words-about-the-first");
  expect(after).toContain("ref-of-the-first");
});

it("leaves no byte of a destroyed key in any file", async () => {
  const sealing = keys.open();
  const wrapped = sealing.sqlite
    .prepare("select wrapped from data_key where owner = 'somewhere.words.c0001'")
    .get()?.["wrapped"] as Uint8Array;
  sealing.close();
  const holding = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const name of await readdir(folder)) {
      if ((await readFile(join(folder, name))).includes(Buffer.from(wrapped).subarray(8, 24)))
        found.push(name);
    }
    return found;
  };
  expect(await holding()).not.toEqual([]);
  await store.append("erasure-somewhere", [erasing], "none");
  expect(await holding()).toEqual([]);
});

it("erases the words on all cases of an inspection, those to come included, and no others", async () => {
  const over = event("CaseWordsErased", { keptMonths: 36, at: "2026-01-02T03:04:05.678Z" });
  await store.append("erasure-somewhere", [over], "none");
  const later = event("JudgementRecorded", { case: "c0009", text: { rationale: "too late" } });
  await store.append("assessment-somewhere.c0009", [later], "none");
  expect(await told(store, "assessment-somewhere.c0009")).toEqual([
    { case: "c0009", text: { erased: true } },
  ]);
  expect(await told(store, "inspection-somewhere")).toEqual([list.data, letter.data]);
  await store.append("inspection-somewhere-else", [list], "none");
  expect(await told(store, "inspection-somewhere-else")).toEqual([list.data]);
});
