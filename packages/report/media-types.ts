/** What kind of file a published file is, by its name. */
import { basename, extname } from "node:path";

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".csv": "text/csv",
  ".md": "text/markdown",
  ".xml": "application/xml",
  ".atom": "application/atom+xml",
  ".pdf": "application/pdf",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".txt": "text/plain",
};

export const mediaTypeOf = (path: string): string =>
  basename(path) === "csv-metadata.json"
    ? "application/csvm+json"
    : (mediaTypes[extname(path)] ?? "application/octet-stream");
