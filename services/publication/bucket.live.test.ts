import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { publishInto } from "@assay/report/publish-folder.ts";
import { textFile } from "@assay/report/version-files.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { startFauxqs } from "fauxqs";
import { expect, it } from "vitest";

import { readPublishing } from "./config.ts";
import { openLedger, publishing, siteFolder, siteInWords } from "./publishing.ts";

it("fills a bucket with the site that was in the folder, and says where it is", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bucket-"));
  const version = {
    path: "reports/sandford-2026/1",
    files: [
      textFile("report.json", "application/json", "{}"),
      textFile("index.html", "text/html", ""),
    ],
  };
  const pages = [textFile("index.html", "text/html", "one")];
  await publishInto(siteFolder(dataDir), [version], pages);
  const storage = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false });
  storage.createBucket("reports");
  const settings = readPublishing({
    ...{ SITE_BUCKET: "reports", S3_ENDPOINT: storage.address, S3_PATH_STYLE: "yes" },
    ...{ S3_ACCESS_KEY_ID: "key", S3_SECRET_ACCESS_KEY: "secret" },
  });
  const [publisher] = publishing(dataDir, await openLedger(dataDir), settings)(createMemoryStore());
  const beside = publisher!.begin!(createMemoryBus());
  const size = async (key: string) => {
    const answer = await fetch(`${storage.address}/reports/${key}`);
    return `${answer.status} ${(await answer.text()).length}`;
  };
  await expect.poll(() => size("index.html"), { timeout: 60_000 }).toBe("200 3");
  expect(await size("reports/sandford-2026/1/report.json")).toBe("200 2");
  expect(siteInWords(dataDir, settings)).toMatch(
    /^the bucket reports\/ at http:.*, with a copy in/,
  );
  expect(siteInWords(dataDir, readPublishing({}))).toBe(siteFolder(dataDir));
  await beside.close();
  await storage.stop();
  rmSync(dataDir, { recursive: true });
});
