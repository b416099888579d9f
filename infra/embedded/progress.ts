/** A bar that shows how far the examples have been carried, once there is something to carry. */
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { SingleBar } from "cli-progress";

/** About how many commands an inspection of this many cases takes: for the progress bar only. */
const commandsOf = ({ counts }: Plot): number => {
  const { court, outOfCourt } = counts.cases;
  return Math.round((court + outOfCourt) * 75);
};

/** Hands `work` what to call after each command. */
export const withProgress = async (
  plots: readonly Plot[],
  work: (onCommand: () => void) => Promise<void>,
): Promise<void> => {
  const total = plots.reduce((sum, plot) => sum + commandsOf(plot), 0);
  const bar = new SingleBar({
    format: "Carrying the published inspections through  {bar} {percentage}%  {value} commands",
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 2000,
    stream: process.stderr,
  });
  let sent = 0;
  const onCommand = (): void => {
    if (sent === 0) bar.start(total, 0);
    sent += 1;
    bar.setTotal(Math.max(total, sent));
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
