/** The demonstration's time, which whoever tries Assay moves on by days, on every page. */
import { dayInEngland, type Instant } from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";

import { redirect } from "../http/answer.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, NotFound } from "./page.ts";

export type DemonstrationClock = {
  /** How far its time is ahead of the machine's, in milliseconds. */
  ahead(): number;
  isMoving(): boolean;
  /** Tells in a sentence why it does not move, where it does not; it may move on after that. */
  moveOn(days: number): Promise<string | undefined>;
};

const steps = [
  { days: 1, text: "1 day on" },
  { days: 7, text: "1 week on" },
  { days: 28, text: "4 weeks on" },
] as const;

/** What the bar says of the time; undefined where time is nobody's to move. */
export const timeTold = (clock: DemonstrationClock | undefined, now: Instant) =>
  clock && {
    steps: clock.isMoving() ? [] : steps,
    said:
      `It is ${dayInWords(dayInEngland(now))} here` +
      (clock.ahead() === 0 ? "." : `, ${aheadInWords(clock.ahead())} ahead of the real time.`) +
      (clock.isMoving() ? " The time is still moving on: load this page again in a moment." : ""),
  };

const aheadInWords = (ms: number): string => {
  const days = Math.round(ms / 86_400_000);
  return days === 1 ? "1 day" : `${days} days`;
};

export const takeTime =
  (clock: DemonstrationClock | undefined): Handle =>
  async (visit) => {
    if (!clock) throw new NotFound();
    const form = await visit.asked.form();
    const step = steps.find(({ days }) => String(days) === form.value("days"));
    if (!step) return errorPage(visit, 400);
    const refused = await clock.moveOn(step.days);
    if (refused === undefined) return redirect(ownPath(form.value("at")));
    const title = "The time was not moved on";
    return visit.render({ view: "error", title, status: 409, model: { lines: [refused] } });
  };

/** Where the bar was shown; nothing leads to another site. */
const ownPath = (path: string): string => (/^\/(?![/\\])[\w/.-]*$/.test(path) ? path : "/");
