/**
 * Every fact as it was first written, kept for ever beside its step: one JSON file for each type
 * and version. What was once stored must be readable for good.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { Rules } from "./rules.ts";

/** `SampleDrawn` as `sample-drawn`. */
export const fileNameOf = (type: string): string =>
  type.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

export const testGolden = (step: Rules, folder: string): void => {
  describe(`the recorded facts of ${step.name}`, () => {
    it.each(step.eventTypes)("%s has a first version that is kept", (type) => {
      expect(existsSync(join(folder, `${fileNameOf(type)}.1.json`))).toBe(true);
    });

    it.each(readdirSync(folder))("%s is read as it was written", (name) => {
      const written: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
      expect(step.events.parse(written)).toStrictEqual(written);
      expect(name).toMatch(`${fileNameOf((written as { type: string }).type)}.`);
    });

    it("refuses a member that nobody knows", () => {
      for (const name of readdirSync(folder)) {
        const written = JSON.parse(readFileSync(join(folder, name), "utf8")) as object;
        expect(step.events.safeParse({ ...written, unknown: 1 }).success).toBe(false);
      }
    });
  });
};
