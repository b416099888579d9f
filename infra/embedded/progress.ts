/** A bar that shows how far a story has been told, once there is something to tell. */
import type { PublishedPlot } from "@assay/domain/reconstruction/published-plot.ts";
import { SingleBar } from "cli-progress";

/** About how many commands inspections of this many cases take: for the progress bar only. */
export const commandsOf = (plots: readonly PublishedPlot[]): number =>
  plots
    .flatMap(({ counts: { cases } }) => Object.values(cases))
    .reduce((sum, drawn) => sum + drawn * 75, 0);

export type Task = { readonly what: string; readonly commands: number };

/** Hands `work` what to call after each command. */
export const withProgress = async (
  { what, commands }: Task,
  work: (onCommand: () => void) => Promise<void>,
): Promise<void> => {
  const bar = new SingleBar({
    format: `${what}  {bar} {percentage}%  {value} commands`,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 2000,
    stream: process.stderr,
  });
  let sent = 0;
  const onCommand = (): void => {
    if (sent === 0) bar.start(commands, 0);
    sent += 1;
    bar.setTotal(Math.max(commands, sent));
    bar.update(sent);
  };
  try {
    await work(onCommand);
  } finally {
    if (sent > 0) {
      bar.setTotal(sent);
      bar.stop();
    }
  }
};
