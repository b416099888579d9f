/**
 * What `killed.live.test.ts` kills: carries the examples, naming each command once it is answered.
 */
import { writeSync } from "node:fs";

import { createLog } from "@assay/host/log.ts";

import { carryExamples } from "./carry-examples.ts";
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

const [dataDir] = process.argv.slice(2);
await carryExamples({
  dataDir,
  log: createLog({ service: "killed-child", level: "silent" }),
  plots: examplePlots(),
  onCommand: (_plot, { id }) => say(id),
});
