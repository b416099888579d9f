import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { filesInMemory } from "@assay/host/files.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { afterAll, expect, it } from "vitest";

import { exportStore, importStore, TransferRefused } from "./transfer.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-transfer-"));
afterAll(() => rmSync(folder, { recursive: true }));

const received = (digest: string) => ({
  ...{ id: randomUUID(), type: "SubmissionReceived" },
  ...{ data: { request: "document", digest }, metadata: {} },
});

it("takes the files along that services sent, and says which are not there", async () => {
  const [store, files] = [createMemoryStore(), filesInMemory()];
  const content = new TextEncoder().encode("Minutes of the board.");
  const digest = await files.keep(content);
  const lost = createHash("sha256").update("lost").digest("hex");
  await store.append("inspection-x", [received(digest), received(lost)], "none");
  const file = join(folder, "out.jsonl");
  const exported = await exportStore(store, file, files);
  expect(exported).toMatchObject({ events: 2, files: 1, missing: [lost] });
  const [there, kept] = [createMemoryStore(), filesInMemory()];
  expect(await importStore(there, file, { kept })).toEqual({ events: 2, files: 1 });
  expect(await kept.read(digest)).toEqual(content);
  const back = join(folder, "back.jsonl");
  await exportStore(there, back, kept);
  expect(readFileSync(back)).toEqual(readFileSync(file));
  await expect(importStore(createMemoryStore(), file)).rejects.toThrow("FILES_IN");
});

it("refuses a file that is not what it is named after", async () => {
  const [store, files] = [createMemoryStore(), filesInMemory()];
  const digest = await files.keep(new TextEncoder().encode("one"));
  await store.append("inspection-x", [received(digest)], "none");
  const file = join(folder, "changed.jsonl");
  await exportStore(store, file, files);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  lines[2] = JSON.stringify({ file: digest, content: Buffer.from("two").toString("base64") });
  const body = lines
    .slice(0, -1)
    .map((line) => `${line}\n`)
    .join("");
  const sha256 = createHash("sha256").update(body).digest("hex");
  writeFileSync(file, `${body}${JSON.stringify({ events: 1, files: 1, sha256 })}\n`);
  const importing = importStore(createMemoryStore(), file, { kept: filesInMemory() });
  await expect(importing).rejects.toThrow(TransferRefused);
});
