import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";

import { accessLogPath } from "@assay/console/kept.ts";
import { accessKeysFolder } from "@assay/embedded/data-folder.ts";
import { AccessEntry, openAccessLog } from "@assay/host/access-log.ts";
import { openKeyring, signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { atTerminal, type Standing } from "./contract/at-terminal.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const assay = (args: readonly string[], standing: Standing = {}) =>
  atTerminal(args, {
    pathOf: (name) => (isAbsolute(name) ? name : join(folder, name)),
    ...standing,
  });

describe("assay permissions", () => {
  it("says who may, for a command and for a role", async () => {
    const { out } = await assay(["permissions", "SignOffReport"]);
    expect(out).toContain("chief-inspector (not if wrote part of it)");
    const own = await assay(["permissions", "--role", "panel-member", "--json"]);
    const names = (JSON.parse(own.out) as { name: string }[]).map(({ name }) => name);
    expect(names).toContain("CastVote");
    expect(names).not.toContain("SignOffReport");
    expect((await assay(["permissions", "--role", "king"])).status).toBe(2);
    expect((await assay(["permissions", "Nothing"])).status).toBe(1);
  });
});

describe("assay access", () => {
  it("shows who looked at what, says whether the log holds, and what was kept of it", async () => {
    const dataDir = join(folder, "accessed");
    const { signer } = await openKeyring(accessKeysFolder(dataDir), "access-log");
    const log = openAccessLog({ file: accessLogPath(dataDir), signer });
    const correlationId = "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11";
    const at = "2026-01-01T00:00:00.000Z";
    const seen = { act: "looked", what: "GET /x", person: "ada", role: "auditor", status: 200 };
    for (const inspection of ["one", "two"])
      await log.note(AccessEntry.parse({ ...seen, at, inspection, correlationId, from: "::1" }));
    log.close();
    const listed = await assay(["access", "list", "--inspection", "two"], { dataDir });
    expect(listed.out).toContain("ada (auditor)");
    expect(listed.out.match(/looked/g)).toHaveLength(1);
    const verified = await assay(["access", "verify"], { dataDir });
    expect(verified.status).toBe(0);
    expect(verified.out).toContain("All 2 entries are as 1 checkpoints say.");
    const kept = verified.out.split("\n\n").slice(1).join("\n\n");
    writeFileSync(join(folder, "kept.txt"), kept);
    const again = await assay(["access", "verify", "--checkpoint", "kept.txt"], { dataDir });
    expect(again.status).toBe(0);
    writeFileSync(join(folder, "kept.txt"), kept.replace("\n2\n", "\n3\n"));
    const other = await assay(["access", "verify", "--checkpoint", "kept.txt"], { dataDir });
    expect([other.status, other.out]).toEqual([1, expect.stringContaining("TAMPERED")]);
    expect((await assay(["access", "verify"], { dataDir: join(folder, "none") })).status).toBe(1);
  });

  it("asks for the key of a console that runs by itself, and takes it from the settings", async () => {
    const dataDir = mkdtempSync(join(folder, "console-"));
    const signer = signerFrom("console", Buffer.alloc(32, 7).toString("base64"));
    const log = openAccessLog({ file: accessLogPath(dataDir), signer });
    await log.note(
      AccessEntry.parse({
        ...{ at: "2026-01-01T00:00:00.000Z", act: "looked", what: "GET /x", from: "::1" },
        correlationId: "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11",
      }),
    );
    log.close();
    const own = writeVerifierKey(verifierKeyOf(signer));
    const other = writeVerifierKey(
      verifierKeyOf(signerFrom("console", Buffer.alloc(32, 8).toString("base64"))),
    );
    const verify = (given: readonly string[], consoles: readonly string[]) =>
      assay(["access", "verify", ...given], {
        dataDir,
        services: { store: undefined, keys: undefined, nats: undefined, consoles },
      });
    const unnamed = await verify([], []);
    expect(unnamed).toMatchObject({ status: 1, err: expect.stringMatching(/With which key/) });
    expect(await verify([], [own])).toMatchObject({ status: 0 });
    expect(await verify(["--key", own], [])).toMatchObject({ status: 0 });
    const strange = await verify(["--key", other], []);
    expect(strange.status).toBe(1);
    expect(strange.out).toMatch(/Not all can be checked/);
    expect(strange.out).not.toMatch(/TAMPERED/);
    expect(await verify(["--key", "nonsense"], [])).toMatchObject({ status: 2 });
  });
});
