/**
 * R's `sampling::samplecube` on the same populations, where Rscript and the package are installed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Population } from "./populations.ts";

export type Samplecube =
  | {
      readonly available: true;
      readonly version: string;
      readonly samples: readonly (readonly number[])[];
      /** Milliseconds of each draw. */
      readonly times: readonly number[];
    }
  | { readonly available: false; readonly why: string };

/**
 * The size and every category but each variable's first as balancing columns, equal chances, and
 * the landing by linear programming (`method = 1`). Prints version, then a draw to a line.
 */
const script = `
suppressMessages(library(sampling))
args <- commandArgs(TRUE)
cases <- read.csv(args[1], stringsAsFactors = TRUE)
size <- as.integer(args[2]); draws <- as.integer(args[3])
limit <- as.numeric(args[4])
began <- proc.time()[["elapsed"]]
set.seed(20210524)
pik <- rep(size / nrow(cases), nrow(cases))
several <- cases[, sapply(cases, nlevels) > 1, drop = FALSE]
X <- cbind(pik, model.matrix(~ ., several)[, -1])
cat(as.character(packageVersion("sampling")), "\\n")
for (i in seq_len(draws)) {
  if (proc.time()[["elapsed"]] - began > limit) break
  before <- proc.time()[["elapsed"]]
  drawn <- samplecube(X, pik, order = 1, comment = FALSE, method = 1)
  spent <- proc.time()[["elapsed"]] - before
  cat(spent, which(drawn > 0.5) - 1, "\\n")
}
`;

/** At most so many draws, and no more once `seconds` have passed. */
export const samplecube = (
  population: Population,
  limit: { readonly draws: number; readonly seconds: number },
): Samplecube => {
  const folder = mkdtempSync(join(tmpdir(), "samplecube-"));
  try {
    const [code, cases] = [join(folder, "draw.R"), join(folder, "cases.csv")];
    writeFileSync(code, script);
    const lines = population.rows.map((_, unit) =>
      population.variables.map((values) => values[unit]).join(","),
    );
    writeFileSync(cases, ["gender,disposal,rosh,safety", ...lines, ""].join("\n"));
    const settings = [population.size, limit.draws, limit.seconds].map(String);
    const ran = spawnSync("Rscript", [code, cases, ...settings], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      timeout: 600_000,
    });
    if (ran.error) return { available: false, why: `Rscript: ${ran.error.message}` };
    if (ran.status !== 0) return { available: false, why: ran.stderr.trim().slice(-300) };
    return read(ran.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const read = (output: string): Samplecube => {
  const [version, ...lines] = output.trim().split("\n");
  const draws = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return {
    available: true,
    version: version!.trim(),
    samples: draws.map(([, ...units]) => units),
    times: draws.map(([seconds]) => seconds! * 1000),
  };
};
