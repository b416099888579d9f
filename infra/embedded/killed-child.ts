/**
 * What `killed.live.test.ts` kills: carries the examples, or begins the made-up inspections, naming
 * each command once it is answered.
 */
import { writeSync } from "node:fs";

import { createLog } from "@assay/host/log.ts";

import type { Instant } from "@assay/domain/kernel/instants.ts";

import type { Carrying } from "./carry.ts";
import { tellBegun } from "./carry-begun.ts";
import { carryExamples, inStory } from "./carry-examples.ts";
import { examplePlots } from "./examples.ts";

const pauseFor = new Int32Array(new SharedArrayBuffer(4));

/** Waits while the pipe is full, so that every acknowledged command is named. */
const say = (line: string): void => {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      const full = error instanceof Error && "code" in error && error.code === "EAGAIN";
      if (!full) throw error;
      Atomics.wait(pauseFor, 0, 0, 1);
    }
  }
};

const [dataDir, begun] = process.argv.slice(2);
const log = createLog({ service: "killed-child", level: "silent" });
const onCommand: Carrying["onCommand"] = (_plot, { id }) => say(id);
await (begun === undefined
  ? carryExamples({ dataDir, log, plots: examplePlots(), onCommand })
  : inStory({ dataDir, log }, (story) =>
      tellBegun(story, { examples: [], now: begun as Instant, onCommand }),
    ));
