/**
 * Style sheets, scripts, images and fonts, read once from this package and from the npm packages
 * they come in. Each is named by its content, so that browsers may keep it for ever.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Answer } from "./answer.ts";

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

export const govukFolder = join(folderOf("govuk-frontend"), "dist");
export const mojFolder = folderOf("@ministryofjustice/frontend");
export const ownFolder = join(dirname(fileURLToPath(import.meta.url)), "..");
const fontFolder = join(dirname(require.resolve("@fontsource/source-sans-3/400.css")), "files");

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export type StaticFiles = {
  /** The address of a file by its own name, such as `console.css`. */
  readonly address: (name: string) => string;
  readonly find: (path: string) => Answer | undefined;
};

/** The typeface of GOV.UK is licensed for its own domains only; ours is under the SIL licence. */
const ourTypeface = (css: string): string =>
  css
    .replaceAll(/@font-face\{[^}]*\}/g, "")
    .replaceAll(/GDS Transport/g, '"Source Sans 3"')
    .replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, "");

/** Serves pages that are not below its own address. */
const worker = "offline.js";

const images = [
  "icon-progress-tick.svg",
  "icon-tag-remove-cross.svg",
  "icon-close-cross-black.svg",
] as const;

export const loadStaticFiles = (): StaticFiles => {
  const files = new Map<string, Answer>();
  const addresses = new Map<string, string>();
  const keep = (name: string, body: Uint8Array): void => {
    const tag = createHash("sha256").update(body).digest("hex").slice(0, 12);
    const path = `/assets/${tag}/${name}`;
    addresses.set(name, path);
    files.set(path, {
      status: 200,
      headers: {
        "content-type": types[extname(name)] ?? "application/octet-stream",
        "cache-control": "public, max-age=31536000, immutable",
        ...(name === worker && { "service-worker-allowed": "/inspections/" }),
      },
      body,
    });
  };
  const address = (name: string): string => {
    const found = addresses.get(name);
    if (found === undefined) throw new TypeError(`there is no static file ${name}`);
    return found;
  };

  const own = (name: string): Buffer => readFileSync(join(ownFolder, "assets", name));
  for (const weight of [400, 600, 700]) {
    const name = `source-sans-3-latin-${weight}-normal.woff2`;
    keep(name, readFileSync(join(fontFolder, name)));
  }
  for (const image of images)
    keep(image, readFileSync(join(mojFolder, "moj/assets/images", image)));
  keep("favicon.svg", own("favicon.svg"));
  const placed = (css: string): Buffer =>
    Buffer.from(
      css.replaceAll(/url\(\/assets\/(?:[\w-]+\/)*([\w.-]+)\)/g, (_, file: string) =>
        addresses.has(file) ? `url(${address(file)})` : "none",
      ),
    );
  const govuk = join(govukFolder, "govuk/govuk-frontend.min.css");
  const moj = join(mojFolder, "moj/moj-frontend.min.css");
  for (const file of [govuk, moj])
    keep(basename(file), placed(ourTypeface(readFileSync(file, "utf8"))));
  keep("console.css", placed(own("console.css").toString()));
  keep("govuk-frontend.min.js", readFileSync(join(govukFolder, "govuk/govuk-frontend.min.js")));
  for (const script of [
    "console.js",
    "answers.js",
    "sealing.js",
    "unsent.js",
    "take-along.js",
    worker,
  ])
    keep(script, own(script));
  return { address, find: (path) => files.get(path) };
};
