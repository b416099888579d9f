/**
 * Interleaved rounds: contenders take turns in one run, in another order each time, with a probe of
 * the disk before each round, so that a busy moment of the machine meets all of them.
 */
import { fsyncProbe, type Spread, spreadOf } from "./measure.ts";

export type Contender<Figures> = {
  readonly name: string;
  readonly run: () => Figures | Promise<Figures>;
};

export type Rounds<Figures> = {
  readonly rounds: number;
  /** Milliseconds of writing and syncing 4 KiB, over the rounds. */
  readonly fsync: Spread;
  /** One for each round, under the contender's name. */
  readonly figures: ReadonlyMap<string, readonly Figures[]>;
};

export const inTurns = async <Figures>(asked: {
  readonly contenders: readonly Contender<Figures>[];
  /** Where the disk is probed. */
  readonly folder: string;
  /** At least five, for a median that says something. */
  readonly rounds?: number;
}): Promise<Rounds<Figures>> => {
  const { contenders, folder, rounds = 5 } = asked;
  const figures = new Map<string, Figures[]>(contenders.map(({ name }) => [name, []]));
  const probes: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    probes.push(fsyncProbe(folder));
    const shift = i % Math.max(1, contenders.length);
    for (const { name, run } of [...contenders.slice(shift), ...contenders.slice(0, shift)]) {
      progress(`round ${i + 1} of ${rounds}: ${name}`);
      figures.get(name)!.push(await run());
    }
  }
  progress("");
  return { rounds, fsync: spreadOf(probes), figures };
};

/** One line, in place, and only where somebody looks on. */
export const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, 78)}`);
};
