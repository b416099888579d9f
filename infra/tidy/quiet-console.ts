/**
 * Set up before every test file: what a test prints to the console without having asked for it
 * (with `vi.spyOn`) fails it, because nobody reads noise and a warning is a message to somebody.
 * Properties are tried from one seed, so that chance decides no run; ASSAY_SEED names another.
 */
import { format } from "node:util";

import * as fc from "fast-check";
import { afterAll, afterEach } from "vitest";

fc.configureGlobal({ seed: Number(process.env["ASSAY_SEED"] ?? 2026) });

const methods = ["debug", "error", "info", "log", "trace", "warn"] as const;
const heard: string[] = [];

for (const method of methods) {
  console[method] = (...said: unknown[]) =>
    void heard.push(`console.${method}: ${format(...said)}`);
}

const expectSilence = (): void => {
  const said = heard.splice(0);
  if (said.length > 0) throw new Error(`Unexpected console output:\n${said.join("\n")}`);
};

afterEach(expectSilence);
afterAll(expectSilence);
