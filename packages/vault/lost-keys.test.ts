import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { all } from "@assay/store/contract/subject.ts";
import { storeOver } from "@assay/store/over.ts";
import type { EventStore, NewEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { givenUpStream } from "./given-up.ts";
import { newMasterKey } from "./master-key.ts";
import { sealedStore } from "./sealed-store.ts";
import { lostIn } from "./seal.ts";
import { openSqliteKeys } from "./sqlite-keys.ts";

const event = (type: string, data: NewEvent["data"]): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { commandId: randomUUID(), salt: "ab".repeat(16) },
});

const list = event("CaseListSubmitted", {
  cases: [
    { case: "c0001", text: { ref: "ref-of-the-first" } },
    { case: "c0002", text: { ref: "ref-of-the-second" } },
  ],
});
const letter = event("CaseListReturned", { text: { reason: "words-of-the-inspection" } });
const judgement = event("JudgementRecorded", {
  case: "c0001",
  text: { rationale: "words-about-the-first" },
});

let folder: string;
let keys: { readonly open: () => ReturnType<typeof openSqliteKeys> };
let store: EventStore;

const told = async (from: EventStore, stream: string) =>
  (await all(from.read(stream))).map(({ data }) => data);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-lost-keys-"));
  const master = newMasterKey();
  const path = join(folder, "keys.sqlite");
  keys = { open: () => openSqliteKeys({ path, master: () => master }) };
  store = sealedStore(openSqliteStore({ path: join(folder, "events.sqlite") }), keys.open());
  await store.append("inspection-somewhere", [list, letter], "none");
  await store.append("assessment-somewhere.c0001", [judgement], "none");
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

it("a key that is lost takes its own words alone, and they read again once it is back", async () => {
  const sealing = keys.open();
  const row = sealing.rows().find(({ owner }) => owner === "somewhere.list.c0001")!;
  const remove = sealing.sqlite.prepare("delete from data_key where owner = ?");
  remove.run("somewhere.list.c0001");
  const [first] = await all(store.read("inspection-somewhere"));
  expect(lostIn(first!)).toEqual({ "/cases/0/text": "somewhere.list.c0001" });
  const more = { ...list, id: randomUUID() };
  await expect(store.append("inspection-somewhere", [more], 1)).rejects.toMatchObject({
    code: "corrupt",
    message: expect.stringContaining("somewhere.list.c0001") as string,
  });
  sealing.merge([row]);
  sealing.close();
  expect(await told(store, "inspection-somewhere")).toEqual([list.data, letter.data]);
});

it("a key that is lost is replaced by no new one in any stream", async () => {
  const sealing = keys.open();
  const remove = sealing.sqlite.prepare("delete from data_key where owner = ?");
  for (const owner of ["somewhere", "somewhere.words.c0001"]) remove.run(owner);
  sealing.close();
  const note = { ...letter, id: randomUUID() };
  const about = { ...judgement, id: randomUUID() };
  for (const [stream, told] of [
    ["publication-somewhere", note],
    ["fieldwork-somewhere", about],
  ] as const)
    await expect(store.append(stream, [told], "none")).rejects.toMatchObject({ code: "corrupt" });
});

it("a key that is given up has another in its place, and is taken when it turns up", async () => {
  const sealing = keys.open();
  const row = sealing.rows().find(({ owner }) => owner === "somewhere")!;
  sealing.sqlite.prepare("delete from data_key where owner = ?").run("somewhere");
  const note = { ...letter, id: randomUUID(), data: { text: { reason: "words-since" } } };
  const write = () => store.append("publication-somewhere", [note], "none");
  await expect(write()).rejects.toMatchObject({ code: "corrupt" });
  const given = { ...event("KeysGivenUp", {}), metadata: { version: 1 } };
  await store.append(givenUpStream(InspectionId.parse("somewhere")), [given], "none");
  expect(await write()).toMatchObject({ appended: true });
  expect(await told(store, "publication-somewhere")).toEqual([note.data]);
  expect(await told(store, "inspection-somewhere")).toMatchObject([{}, { text: { erased: true } }]);
  sealing.merge([row]);
  sealing.close();
  expect(await told(store, "publication-somewhere")).toEqual([note.data]);
  expect(await told(store, "inspection-somewhere")).toEqual([list.data, letter.data]);
});

it("a key in the place of a lost one is destroyed by an erasure as well", async () => {
  const owner = "somewhere.words.c0001";
  const sealing = keys.open();
  sealing.sqlite.prepare("delete from data_key where owner = ?").run(owner);
  const given = { ...event("KeysGivenUp", {}), metadata: { version: 1 } };
  await store.append(givenUpStream(InspectionId.parse("somewhere")), [given], "none");
  await store.append("assessment-somewhere.c0001", [{ ...judgement, id: randomUUID() }], 0);
  const erasing = { of: "c0001", ground: "objection-upheld", at: "2026-01-02T03:04:05.678Z" };
  await store.append("erasure-somewhere", [event("CaseErased", erasing)], "none");
  const left = sealing.rows().filter((each) => each.owner.startsWith(owner));
  expect(left.map(({ wrapped }) => wrapped)).toEqual([null, null]);
  expect(await told(store, "assessment-somewhere.c0001")).toMatchObject([
    { text: { erased: true } },
    { text: { erased: true } },
  ]);
  sealing.close();
});

it("a key that somebody else makes at the same moment is not taken for lost", async () => {
  const about = { ...judgement, data: { ...judgement.data, case: "c0002" } };
  const stream = "assessment-somewhere.c0002";
  const write = (into: EventStore) => into.append(stream, [{ ...about, id: randomUUID() }], "none");
  let others: Promise<unknown> | undefined;
  const meanwhile = storeOver(store, {
    read: async function* (...given) {
      others ??= write(store);
      await others;
      yield* store.read(...given);
    },
  });
  const sealing = keys.open();
  expect(await write(sealedStore(meanwhile, sealing))).toMatchObject({ appended: false });
  sealing.close();
});

it("a key that another key wraps is lost alone as well", async () => {
  const sealing = keys.open();
  const wrapped = newMasterKey().wrap("somewhere.list.c0001", Buffer.alloc(32, 1));
  const change = sealing.sqlite.prepare("update data_key set wrapped = ? where owner = ?");
  change.run(wrapped, "somewhere.list.c0001");
  const [first, second] = await all(store.read("inspection-somewhere"));
  expect(lostIn(first!)).toEqual({ "/cases/0/text": "somewhere.list.c0001" });
  expect(second!.data).toEqual(letter.data);
  sealing.close();
});
