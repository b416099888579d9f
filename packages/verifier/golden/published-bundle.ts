/** A whole audit bundle of format 1 as it was once published: what it says must hold for ever. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export const publishedBundle = (): string =>
  gunzipSync(
    readFileSync(new URL("./peterborough-2020.bundle-1.json.gz", import.meta.url)),
  ).toString();
