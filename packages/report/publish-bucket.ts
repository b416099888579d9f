/**
 * Puts the site into S3-compatible storage. A version's page is put there after everything that it
 * leads to, and the front page last of all, so that a reader never sees half of anything.
 */
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

import type { Folder } from "./publish-folder.ts";
import type { SiteFile } from "./version-files.ts";

export type BucketSettings = {
  readonly bucket: string;
  /** What every key begins with; empty, or ending with a slash. */
  readonly prefix: string;
  readonly region: string;
  /** Where another storage than Amazon's answers. */
  readonly endpoint?: string | undefined;
  /** Address the bucket in the path, as storage without names of its own in the DNS needs it. */
  readonly pathStyle: boolean;
  /** The storage's own way of finding out who asks, such as a role, when there is none. */
  readonly credentials?: Credentials | undefined;
};
type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

export type Bucket = BucketSettings & { readonly client: S3Client };

/** The storage did not take a file, or did not say whether it has one: worth another try. */
export class BucketFault extends Error {
  readonly code = "bucket";
  readonly retry = true;

  constructor(what: string, options: ErrorOptions) {
    const { cause } = options;
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, options);
    this.name = "BucketFault";
  }
}

/** Connects to nothing yet. Close it with `client.destroy()`. */
export const openBucket = (settings: BucketSettings): Bucket => {
  const { region, endpoint, pathStyle, credentials } = settings;
  const client = new S3Client({
    region,
    forcePathStyle: pathStyle,
    // Storage other than Amazon's need not know the newer checksums; the signature covers the body.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials: { ...credentials } }),
  });
  return { ...settings, client };
};

/**
 * Publishes versions and the pages around them. A version whose page stands is left as it is, so
 * that a repetition after a crash is harmless. Throws a BucketFault; what was put stays.
 */
export const publishIntoBucket = async (
  bucket: Bucket,
  versions: readonly Folder[],
  pages: readonly SiteFile[],
): Promise<void> => {
  for (const { path, files } of versions) {
    const inFolder = files.map((file) => ({ ...file, path: `${path}/${file.path}` }));
    if (await holds(bucket, `${path}/index.html`)) continue;
    await putAll(bucket, inFolder, "public, max-age=31536000, immutable");
  }
  await putAll(bucket, pages, "public, max-age=60");
};

/** The last of them only when all the others are there. */
const putAll = async (
  bucket: Bucket,
  files: readonly SiteFile[],
  cacheControl: string,
): Promise<void> => {
  const waiting = files.slice(0, -1);
  const putNext = async (): Promise<void> => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      await put(bucket, file, cacheControl);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, putNext));
  const last = files.at(-1);
  if (last) await put(bucket, last, cacheControl);
};

const atOnce = 8;

const put = async (
  { client, bucket, prefix }: Bucket,
  { path, mediaType, body }: SiteFile,
  cacheControl: string,
): Promise<void> => {
  const text = mediaType.startsWith("text/");
  const request = new PutObjectCommand({
    Bucket: bucket,
    Key: `${prefix}${path}`,
    Body: body,
    ContentType: text ? `${mediaType}; charset=utf-8` : mediaType,
    CacheControl: cacheControl,
  });
  try {
    await client.send(request);
  } catch (cause) {
    throw new BucketFault(`${prefix}${path} could not be put into ${bucket}`, { cause });
  }
};

const holds = async ({ client, bucket, prefix }: Bucket, path: string): Promise<boolean> => {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `${prefix}${path}` }));
    return true;
  } catch (cause) {
    if (cause instanceof Error && cause.name === "NotFound") return false;
    throw new BucketFault(`${bucket} did not say whether it has ${prefix}${path}`, { cause });
  }
};
