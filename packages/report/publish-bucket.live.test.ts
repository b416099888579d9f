import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import {
  type Bucket,
  type BucketSettings,
  openBucket,
  publishIntoBucket,
} from "./publish-bucket.ts";
import { publishInto } from "./publish-folder.ts";
import { siteIn } from "./site-folder.ts";
import { textFile } from "./version-files.ts";

let storage: FauxqsServer;
let bucket: Bucket;

const settings = (): BucketSettings => ({
  bucket: "reports",
  prefix: "inspections/",
  region: "eu-west-2",
  endpoint: storage.address,
  pathStyle: true,
  credentials: { accessKeyId: "key", secretAccessKey: "secret" },
});

beforeAll(async () => {
  storage = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false });
  storage.createBucket("reports");
  bucket = openBucket(settings());
});
beforeEach(() => storage.emptyBucket("reports"));
afterAll(async () => {
  bucket.client.destroy();
  await storage.stop();
});

const versionOf = (number: number, words: string) => ({
  path: `reports/peterborough-2020/${number}`,
  files: [
    textFile("report.md", "text/markdown", words),
    textFile("report.json", "application/json", "{}"),
    textFile("index.html", "text/html", `<p>${words}</p>`),
  ],
});
const pages = (words: string) => [
  textFile("feed.atom", "application/atom+xml", words),
  textFile("index.html", "text/html", words),
];

const keys = async (): Promise<readonly (string | undefined)[]> => {
  const listed = await bucket.client.send(new ListObjectsV2Command({ Bucket: "reports" }));
  return (listed.Contents ?? []).map(({ Key }) => Key);
};
const get = async (path: string) => {
  const key = `inspections/${path}`;
  const got = await bucket.client.send(new GetObjectCommand({ Bucket: "reports", Key: key }));
  return { ...got, text: await got.Body!.transformToString() };
};

/** Says in which order the storage took the keys, and breaks off before one of them. */
const watchedBucket = (breakAt?: string) => {
  const order: string[] = [];
  const watched = openBucket(settings());
  watched.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const { Key = "" } = args.input as { readonly Key?: string };
        const isPut = commandName === "PutObjectCommand";
        if (isPut && Key === breakAt) throw new Error("the connection was reset");
        const answer = await next(args);
        if (isPut) order.push(Key);
        return answer;
      },
    { step: "initialize" },
  );
  return { order, bucket: watched };
};

it("puts every file under its key, with its type and how long it may be kept", async () => {
  await publishIntoBucket(bucket, [versionOf(1, "Good")], pages("one"));
  expect(await keys()).toHaveLength(5);
  const page = await get("reports/peterborough-2020/1/index.html");
  expect(page).toMatchObject({ ContentType: "text/html; charset=utf-8", text: "<p>Good</p>" });
  expect(page.CacheControl).toContain("immutable");
  expect(await get("index.html")).toMatchObject({ CacheControl: "public, max-age=60" });
});

it("puts a version's page after its files, and the front page last of all", async () => {
  const { order, bucket: watched } = watchedBucket();
  await publishIntoBucket(watched, [versionOf(1, "Good")], pages("one"));
  expect(order.indexOf("inspections/reports/peterborough-2020/1/index.html")).toBe(2);
  expect(order.at(-1)).toBe("inspections/index.html");
});

it("shows nothing of a version that broke off, and completes it the next time", async () => {
  const { bucket: broken } = watchedBucket("inspections/reports/peterborough-2020/1/report.json");
  const attempt = publishIntoBucket(broken, [versionOf(1, "Good")], pages("one"));
  await expect(attempt).rejects.toMatchObject({ code: "bucket", retry: true });
  const left = await keys();
  expect(left).not.toContain("inspections/reports/peterborough-2020/1/index.html");
  expect(left).not.toContain("inspections/index.html");
  await publishIntoBucket(bucket, [versionOf(1, "Good")], pages("one"));
  expect(await keys()).toHaveLength(5);
});

it("never touches a version that stands, and replaces the pages around it", async () => {
  await publishIntoBucket(bucket, [versionOf(1, "Good")], pages("one"));
  await publishIntoBucket(bucket, [versionOf(1, "Other"), versionOf(2, "New")], pages("two"));
  expect((await get("reports/peterborough-2020/1/report.md")).text).toBe("Good");
  expect((await get("reports/peterborough-2020/2/report.md")).text).toBe("New");
  expect((await get("index.html")).text).toBe("two");
});

it("is filled with a site that stands in a folder, and finds it the same a second time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-site-"));
  await publishInto(folder, [versionOf(1, "Good"), versionOf(2, "Better")], pages("one"));
  const site = await siteIn(folder);
  const { order, bucket: watched } = watchedBucket();
  await publishIntoBucket(watched, site.versions, site.pages);
  expect(await keys()).toHaveLength(8);
  expect(order.indexOf("inspections/reports/peterborough-2020/2/index.html")).toBe(5);
  expect(order.at(-1)).toBe("inspections/index.html");
  const report = await get("reports/peterborough-2020/2/report.md");
  expect(report).toMatchObject({ text: "Better", ContentType: "text/markdown; charset=utf-8" });
  await publishIntoBucket(watched, site.versions, site.pages);
  expect(order.filter((key) => key.includes("/reports/"))).toHaveLength(6);
  rmSync(folder, { recursive: true });
  expect(await siteIn(folder)).toEqual({ versions: [], pages: [] });
});

it("says what could not be reached", async () => {
  const nowhere = { ...bucket, bucket: "elsewhere" };
  const attempt = publishIntoBucket(nowhere, [], pages("one"));
  await expect(attempt).rejects.toThrow(/could not be put into elsewhere/);
});
