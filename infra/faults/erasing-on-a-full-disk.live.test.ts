import { randomUUID } from "node:crypto";
import { join } from "node:path";

import { storePath } from "@assay/embedded/data-folder.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { caseOwner } from "@assay/vault/key-store.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";
import { expect, it } from "vitest";

import { openSmallDisk } from "./small-disk.ts";

const disk = openSmallDisk(16);
const stream = "erasure-sandford-2026";
const erasing = {
  id: randomUUID(),
  type: "CaseErased",
  data: { of: "c0001", ground: "objection-upheld", at: "2026-01-02T03:04:05.678Z" },
  metadata: { commandId: randomUUID(), salt: "ab".repeat(16) },
};

it.skipIf(disk === undefined)(
  "an erasure is on record before its key is gone, which goes as soon as there is room",
  async () => {
    const { folder, fill, empty, remove } = disk!;
    const dataDir = join(folder, "data");
    const keys = openKeys(dataDir);
    const inner = openSqliteStore({ path: storePath(dataDir) });
    const append = inner.append.bind(inner);
    inner.append = async (...given) => {
      const answer = await append(...given);
      fill();
      return answer;
    };
    const store = sealedStore(inner, keys);
    const owner = caseOwner("sandford-2026", "words", "c0001");
    await keys.findOrMake([owner]);
    await expect(store.append(stream, [erasing], "none")).rejects.toMatchObject({
      message: expect.stringMatching(/recorded, and its keys are destroyed once/) as string,
      retry: true,
    });
    expect((await keys.find([owner])).get(owner)).not.toBe("destroyed");
    empty();
    for await (const page of store.read(stream)) expect(page).toHaveLength(1);
    expect((await keys.find([owner])).get(owner)).toBe("destroyed");
    await store.close();
    remove();
  },
);
