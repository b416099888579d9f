/**
 * What Assay is made of: `npm run sbom` writes it down (CycloneDX 1.6, from the lockfile), `npm run
 * audit` asks the registry whether any of it is known to be unsafe.
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(fileURLToPath(import.meta.url), "../../..");
const [task = "", out = "build/assay.cdx.json"] = process.argv.slice(2);

type Said = { readonly status: number | null; readonly out: string; readonly err: string };

const pnpm = (...given: readonly string[]): Promise<Said> =>
  new Promise((resolve, reject) => {
    const child = spawn("npx", ["--yes", "pnpm@12.21.0", ...given], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    const said = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...said }));
  });

type Bom = { readonly components: readonly { readonly name: string }[] };

/** What runs, without what only tests and builds. */
const sbom = async (): Promise<number> => {
  const spoken = ["--sbom-format", "cyclonedx", "--sbom-spec-version", "1.6"];
  const scope = ["--sbom-type", "application", "--prod", "--lockfile-only"];
  const { status, out: text, err } = await pnpm("sbom", ...spoken, ...scope);
  if (status !== 0) {
    process.stderr.write(`${text}${err}\nThe bill of materials could not be made.\n`);
    return 1;
  }
  const { components } = JSON.parse(text) as Bom;
  const path = join(root, out);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${out}: ${components.length} components, CycloneDX 1.6\n`);
  return components.length > 0 ? 0 : 1;
};

/**
 * Ends with 1 for what is known to be unsafe; a registry that does not say is no pass and no fail.
 */
const audit = async (): Promise<number> => {
  const { status, out: text, err } = await pnpm("audit", "--prod", "--audit-level", "high");
  const said = `${text}${err}`.trim();
  if (status === 0) {
    process.stdout.write(`${said}\n`);
    return 0;
  }
  if (/AUDIT_BAD_RESPONSE|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|FETCH|META_FETCH/.test(said)) {
    const line = said.split("\n").find((each) => each.trim() !== "") ?? "no answer";
    process.stdout.write(
      `NOT AUDITED: the registry's advisory service could not be asked (${line.trim()}).\n` +
        "Nothing is known about advisories: run npm run audit where it can be reached.\n",
    );
    return 0;
  }
  process.stdout.write(
    `${said}\n\nRaise what is named above, in the catalog of pnpm-workspace.yaml.\n`,
  );
  return 1;
};

const tasks: Readonly<Record<string, () => Promise<number>>> = { sbom, audit };
const chosen = tasks[task];
if (!chosen) process.stderr.write("Usage: supply.ts sbom [FILE] | audit\n");
process.exitCode = chosen ? await chosen() : 2;
