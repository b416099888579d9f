/**
 * Every fact as it was first written, kept for ever beside its step: one JSON file for each type
 * and version. What was once stored must be readable for good.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { currentVersion, factToday } from "@assay/domain/upcasters.ts";
import { describe, expect, it } from "vitest";

import type { Rules } from "./rules.ts";
import { fileNameOf } from "./stored.ts";

/** The examples; beside them lies the folder of the frozen schemas. */
const examplesIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith(".json"));

export const testGolden = (step: Rules, folder: string): void => {
  describe(`the recorded facts of ${step.name}`, () => {
    it.each(examplesIn(folder))("%s is read, as it was written or as it would be now", (name) => {
      const written = JSON.parse(readFileSync(join(folder, name), "utf8")) as { type: string };
      const { type, ...data } = written;
      const version = Number(name.split(".")[1]);
      const today = factToday({ type, data, metadata: { version } });
      expect(step.events.parse(today)).toStrictEqual(today);
      if (version === currentVersion(type)) expect(today).toStrictEqual(written);
      expect(name).toBe(`${fileNameOf(type)}.${version}.json`);
    });

    it.each(step.eventTypes)("%s has every version up to today's", (type) => {
      for (let version = 1; version <= currentVersion(type); version += 1)
        expect(existsSync(join(folder, `${fileNameOf(type)}.${version}.json`))).toBe(true);
    });

    it("refuses a member that nobody knows", () => {
      for (const name of examplesIn(folder)) {
        const written = JSON.parse(readFileSync(join(folder, name), "utf8")) as object;
        expect(step.events.safeParse({ ...written, unknown: 1 }).success).toBe(false);
      }
    });
  });
};
