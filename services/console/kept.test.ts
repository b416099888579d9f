import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { filesIn } from "@assay/host/files.ts";
import { createLog } from "@assay/host/log.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { expect, it } from "vitest";

import { closeKept, keptIn } from "./kept.ts";

const log = createLog({ service: "console", level: "silent" });
const signer = signerFrom("console", Buffer.alloc(32, 3).toString("base64"));

it("has what services sent after a restart, and for every replica that shares the folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-kept-"));
  const replica = (name: string, filesFolder?: string) =>
    keptIn({
      ...{ dataDir: join(folder, name), signer, log },
      ...(filesFolder !== undefined && { files: filesIn(filesFolder) }),
    });
  const close = (kept: ReturnType<typeof replica>): void => {
    closeKept(kept);
  };
  const content = new TextEncoder().encode("a case list");
  const first = replica("one");
  const digest = await first.files.keep(content);
  close(first);
  const again = replica("one");
  expect(new Uint8Array((await again.files.read(digest))!)).toEqual(content);
  close(again);
  const shared = join(folder, "shared");
  const [one, two] = [replica("one", shared), replica("two", shared)];
  const sent = await one.files.keep(content);
  expect(new Uint8Array((await two.files.read(sent))!)).toEqual(content);
  close(one);
  close(two);
  rmSync(folder, { recursive: true });
});
