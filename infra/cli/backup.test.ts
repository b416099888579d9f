import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { siteFolder } from "@assay/publication/publishing.ts";
import { publishInto } from "@assay/report/publish-folder.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { backup, restore } from "@assay/embedded/backup.ts";
import { storePath } from "@assay/embedded/data-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-backup-"));
const dataDir = join(folder, "data");
const at = "2026-01-01T00:00:00.000Z";

beforeAll(() => openSqliteStore({ path: storePath(dataDir) }).close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = (path: string) => ({ path, mediaType: "text/html", body: Buffer.from(path) });

it("copies a site to which is published meanwhile, without what is not in its place yet", async () => {
  const site = siteFolder(dataDir);
  const over = new AbortController();
  const publishing = (async () => {
    while (!over.signal.aborted) {
      const files = Array.from({ length: 5 }, (_, place) => page(`${place}.html`));
      rmSync(join(site, "reports"), { recursive: true, force: true });
      await publishInto(site, [{ path: "reports/a-2020/1", files }], [page("index.html")]);
    }
  })();
  try {
    for (let copy = 1; copy <= 12; copy += 1) {
      const { manifest } = await backup({ dataDir, target: join(folder, `copy-${copy}`), at });
      expect(manifest.files.filter(({ path }) => path.includes(".aside-"))).toEqual([]);
    }
  } finally {
    over.abort();
    await publishing;
  }
  const restored = join(folder, "restored");
  await restore({ source: join(folder, "copy-12"), dataDir: restored });
  expect(existsSync(join(siteFolder(restored), "index.html"))).toBe(true);
});
