/**
 * The verifier as one HTML file: it opens from a disk, asks nobody, and judges a bundle as the
 * command line does, because it runs the same modules. The same sources give the same bytes.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";

const fileIn = (name: string): URL => new URL(`./page/${name}`, import.meta.url);
const textOf = (name: string): string => readFileSync(fileIn(name), "utf8");

let made: Promise<string> | undefined;

/** Made once in a process. */
export const verifierPage = (): Promise<string> => (made ??= makePage());

const makePage = async (): Promise<string> => {
  const script = await bundled(fileURLToPath(fileIn("verifier.js")));
  return textOf("verifier.html")
    .replace("/* style */", () => textOf("verifier.css"))
    .replace("/* script */", () => script);
};

/** The script with everything it imports, as a classic one: modules do not load from a disk. */
const bundled = async (entry: string): Promise<string> => {
  const bundle = await rolldown({ input: entry, platform: "browser", logLevel: "silent" });
  try {
    const { output } = await bundle.generate({ format: "iife", minify: true });
    const [chunk, ...others] = output;
    if (others.length > 0) throw new TypeError("the verifier's script is in several pieces");
    return chunk.code.replaceAll("</script", String.raw`<\/script`);
  } finally {
    await bundle.close();
  }
};
