/**
 * The one gate, `npm run verify`: every check in turn, one line each with its time, stopping at the
 * first that fails with what it said and what to do about it. CI runs nothing else.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, stripVTControlCharacters } from "node:util";

type Check = {
  readonly name: string;
  readonly run: readonly [program: string, ...given: string[]];
  readonly remedy: string;
  /** Finds how much was checked, where that is said: having looked at nothing is not a pass. */
  readonly extent?: RegExp;
};

const root = join(fileURLToPath(import.meta.url), "../../..");

/** The quickest first. What Assay is measured beside is checked where it is installed. */
const checks: readonly Check[] = [
  {
    name: "format",
    run: ["oxfmt", "--check", "."],
    remedy: "Run: npm run format",
    extent: /\b([1-9]\d* files)/,
  },
  {
    name: "types",
    run: ["tsc", "-p", ".", "--extendedDiagnostics"],
    remedy: "Mend the types named above.",
    extent: /^(Files:\s+[1-9]\d*)/m,
  },
  ...(existsSync(join(root, "bench/peers/node_modules"))
    ? [
        {
          name: "peers",
          run: ["tsc", "-p", "bench/peers", "--extendedDiagnostics"],
          remedy: "Mend the types named above, in bench/peers or in what it uses.",
          extent: /^(Files:\s+[1-9]\d*)/m,
        } as const,
      ]
    : []),
  {
    name: "walls",
    run: ["node", "infra/tidy/main.ts"],
    remedy: "Import from where the wall lets you; infra/tidy/wall-rules.ts says why it stands.",
    extent: /\b([1-9]\d* modules)/,
  },
  {
    name: "lint",
    run: ["oxlint", "--deny-warnings"],
    remedy: "Mend what is named above; .oxlintrc.json has the rules.",
    extent: /\b([1-9]\d* files)/,
  },
  {
    name: "dead code",
    run: ["knip", "--no-progress", "--no-config-hints"],
    remedy: "Use it or remove it; what starts by itself is an entry in knip.json.",
  },
  {
    name: "tests",
    run: ["vitest", "run", "--project", "fast"],
    remedy: "Run the failing file alone: npm test -- PATH",
    extent: /Tests\s+(.*passed)/,
  },
];

type Outcome = { readonly passed: boolean; readonly said: string };

const runCheck = ([program, ...given]: Check["run"]): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, given, {
      cwd: root,
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }) },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
    }
    child.on("error", reject);
    child.on("close", (status) => resolve({ passed: status === 0, said }));
  });

const { values } = parseArgs({ options: { without: { type: "string", multiple: true } } });
const skipped = new Set(values.without);
const unknown = [...skipped].filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(
    `No such check: ${unknown.join(", ")}. There are: ${checks.map((c) => c.name).join(", ")}.`,
  );
  process.exit(2);
}

for (const { name, run, remedy, extent } of checks.filter((check) => !skipped.has(check.name))) {
  const began = performance.now();
  const { passed, said } = await runCheck(run);
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const found = extent === undefined ? "" : extent.exec(stripVTControlCharacters(said))?.[1];
  if (passed && found !== undefined) {
    const line = [
      name.padEnd(10),
      "ok    ",
      seconds.padStart(7),
      `  ${found.replaceAll(/\s+/g, " ")}`,
    ];
    console.log(line.join(" ").trimEnd());
    continue;
  }
  console.log((process.stdout.isTTY ? said : stripVTControlCharacters(said)).trimEnd());
  console.log(`\n${[name.padEnd(10), "FAILED", seconds.padStart(7)].join(" ")}`);
  console.log(passed ? "It looked at nothing, so it proves nothing." : remedy);
  process.exit(1);
}
