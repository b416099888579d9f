/** Moments as they are typed (a day, a time, a position in the store) and as they are shown. */
import { type Moment, until } from "@assay/domain/audit/as-at.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import {
  Day,
  dayInEngland,
  endOfDay,
  Instant,
  timeInEngland,
} from "@assay/domain/kernel/instants.ts";

import { Refused, WrongUsage } from "./failure.ts";

/** A day means its end in England. Throws WrongUsage for what is no moment. */
export const momentFrom = (given: string): Moment => {
  if (/^\d{1,18}$/.test(given)) return { position: given };
  const day = Day.safeParse(given);
  if (day.success) return { time: endOfDay(day.data).replace(":00.000Z", ":59.999Z") };
  const parsed = Date.parse(given);
  const time = Instant.safeParse(Number.isNaN(parsed) ? "" : new Date(parsed).toISOString());
  if (time.success && /[TZ]/.test(given)) return { time: time.data };
  throw new WrongUsage(
    `${given} is no moment. Give a day (2020-09-04), a time with its zone ` +
      "(2020-09-04T10:00:00Z), or a position as in assay events.",
  );
};

/** What was known then. Throws Refused where that was nothing. */
export const knownAt = (records: readonly Recorded[], given: string): readonly Recorded[] => {
  const known = until(records, momentFrom(given));
  if (known.length > 0) return known;
  const first = records[0];
  const since = first ? ` The first event: ${first.event.at}, position ${first.position}.` : "";
  throw new Refused(`Nothing was known of it at ${given}.${since}`);
};

/** As calendars and clocks in England show it. */
export const momentIn = (at: Instant): string => `${dayInEngland(at)} ${timeInEngland(at)}`;
