/** `assay`: the real terminal around the commands. Results on stdout, everything else on stderr. */
import { isAbsolute, resolve } from "node:path";
import { buffer } from "node:stream/consumers";

import { readSettings } from "@assay/console/config.ts";
import { masterKeyIn } from "@assay/embedded/config.ts";
import { systemClock } from "@assay/host/clock.ts";
import { installationIn } from "@assay/host/membership.ts";

import { calendarDomainIn, dataDirIn, engineIn, folderIn, wantsColour } from "./config.ts";
import { run } from "./program.ts";

const { env, stdin, stdout, stderr } = process;
const folder = folderIn(env, process.cwd());

// Whoever reads the results may stop reading, as `head` does: that is no failure.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode ?? 0);
});

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  stdin: async () => buffer(stdin),
  pathOf: (name) => (isAbsolute(name) ? name : resolve(folder, name)),
  dataDir: dataDirIn(env),
  get services() {
    return installationIn(env);
  },
  environment: env,
  engine: engineIn(env),
  identity: () => readSettings(env),
  calendarDomain: calendarDomainIn(env),
  get masterKey() {
    return masterKeyIn(env);
  },
  colour: wantsColour(env, stdout.isTTY),
  screen: stderr.isTTY,
  now: () => systemClock.now(),
  width: Math.max(40, stdout.columns ?? 100),
});
