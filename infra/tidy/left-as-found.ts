/**
 * Set up before every fast test file. They share a process, one after another, so a file that
 * leaves the process changed fails: what runs after it could pass or fail because of that.
 */
import { afterAll, vi } from "vitest";

/** What a file could change for those after it; what libraries add to the globals is harmless. */
const standing = (): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    // oxlint-disable-next-line node/no-process-env -- to see whether it was changed
    ...Object.entries(process.env).map(([name, value]) => [`process.env.${name}`, value] as const),
    ...Object.entries(Object.getOwnPropertyDescriptors(globalThis))
      .filter(([, { value }]) => typeof value === "function" || typeof value === "object")
      .map(([name, { value }]) => [`globalThis.${name}`, value] as const),
    ["process.cwd()", process.cwd()],
    ["process.exitCode", process.exitCode],
    ["vi.isFakeTimers()", vi.isFakeTimers()],
  ]);

const found = standing();

afterAll(() => {
  const left = standing();
  const added = [...left.keys()].filter((name) => name.startsWith("process.") && !found.has(name));
  const changed = [...found].filter(([name, value]) => left.get(name) !== value);
  const names = [...added, ...changed.map(([name]) => name)];
  if (names.length > 0) throw new Error(`The file leaves these changed: ${names.join(", ")}`);
});
