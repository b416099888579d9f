import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import {
  certifyErasure,
  type ErasureStatement,
  isErasureCertificate,
  verifyErasure,
} from "./erasure.ts";
import { type Keyring, openKeyring, rotateKeyring } from "./keys.ts";

let folder: string;
let keyring: Keyring;

const statement: ErasureStatement = {
  inspection: "sandford-2021",
  fact: {
    stream: "erasure-sandford-2021",
    revision: 0,
    id: "5f0e0c3e-6f9c-8a55-9d2e-0d5a3c1f7b11",
    type: "CaseErased",
    at: "2026-01-02T03:04:05.678Z",
    by: { id: "hugo", role: "head-of-programme" },
    of: "c0001",
    ground: "legal-obligation",
  },
  texts: [{ stream: "assessment-sandford-2021.c0001", revision: 3, event: "e", pointer: "/text" }],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-erasure-"));
  keyring = await openKeyring(folder, "assay.example");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("is verified by the authority's key, and by one that vouched for it", async () => {
  const [first] = keyring.keys;
  expect(verifyErasure(await certifyErasure(statement, keyring), keyring.keys)).toMatchObject({
    holds: true,
    statement,
    caveats: [],
  });
  const next = await rotateKeyring(folder, "assay.example", "2026-02-01T00:00:00.000Z");
  expect(verifyErasure(await certifyErasure(statement, next), [first!]).holds).toBe(true);
});

it("says that its key was not compared, when none is trusted", async () => {
  const report = verifyErasure(await certifyErasure(statement, keyring));
  expect(report).toMatchObject({ holds: true, caveats: [expect.stringMatching(/no trusted key/)] });
});

it("does not hold when a letter of it is another, or its signer is not trusted", async () => {
  const file = await certifyErasure(statement, keyring);
  expect(isErasureCertificate(file)).toBe(true);
  expect(verifyErasure(file.replace('"c0001"', '"c0002"')).holds).toBe(false);
  expect(verifyErasure(file.replace("hugo", "hugh")).holds).toBe(false);
  expect(verifyErasure("{}").holds).toBe(false);
  expect(verifyErasure("not JSON").holds).toBe(false);
  const other = await openKeyring(join(folder, "other"), "assay.example");
  expect(verifyErasure(file, other.keys).holds).toBe(false);
});
