/** The front page: what is the viewer's to do, what is late, and all inspections they may see. */
import { leadOf } from "@assay/domain/briefing/inspection.ts";
import { sooner } from "@assay/domain/tracking/owed.ts";

import { searching } from "../forms/asking.ts";
import { choices, select } from "../forms/form.ts";
import { redirect } from "../http/answer.ts";
import type { Held } from "../reading/held.ts";
import { dutyHref } from "../reading/places.ts";
import {
  isTheirs,
  type Owed,
  owedFor,
  scoredOf,
  serviceName,
  stageOf,
} from "../reading/tracker.ts";
import { stages } from "@assay/domain/lifecycle/stage.ts";
import { isStaff, maySee } from "../reading/viewer.ts";
import { stageNames } from "../wording/names.ts";
import type { Handle } from "./page.ts";

/** How many of the viewer's own duties and of the late ones are shown. */
const mostDuties = 8;

export const startPage: Handle = async (visit) => {
  const { viewer, library, now, asked, render } = visit;
  if (viewer.kind === "public") return redirect("/public");
  const all = [...(await library.all()).values()].filter((held) => maySee(viewer, held));
  if (!isStaff(viewer) && all.length === 1 && all[0])
    return redirect(`/inspections/${all[0].inspection}`);
  const q = asked.url.searchParams.get("q")?.trim() ?? "";
  const chosen = asked.url.searchParams.get("stage") ?? "";

  const lines = all.map((held) => ({ held, owed: visible(owedFor(held, now)) }));
  const every = lines.flatMap(({ held, owed }) => owed.map((each) => ({ held, each })));
  const mine = every.filter(({ held, each }) => isTheirs(each, viewer, held));
  const late = every.filter(({ each }) => each.late && !mine.some((own) => own.each === each));
  const shown = lines.filter(({ held }) => fits(held, q, chosen)).toSorted(mostUrgent);
  const linked = (found: typeof every): readonly Owed[] =>
    found
      .map(({ each, held }) => ({ ...each, href: dutyHref(each, held, viewer) }))
      .toSorted(sooner)
      .slice(0, mostDuties);

  return render({
    view: "start",
    title: "Inspections",
    model: {
      now,
      wide: true,
      search: searching("Service or person", q, {
        button: "Filter",
        fields: { stage: select("Stage", stageOptions, { value: chosen }) },
      }),
      counts: {
        all: all.length,
        shown: shown.length,
        late: every.filter(({ each }) => each.late).length,
      },
      mine: linked(mine),
      more: Math.max(0, mine.length - mostDuties),
      late: linked(late),
      inspections: shown.map(({ held, owed }) => inspectionLine(held, owed[0])),
    },
  });
};

const stageOptions = [
  { value: "", text: "All" },
  ...choices([...stages, "postponed", "cancelled"], (stage) => stageNames[stage]),
];

/** What Assay will do by itself is nobody's to see to. */
const visible = (owed: readonly Owed[]): readonly Owed[] =>
  owed.filter(({ owner }) => owner !== "system");

const inspectionLine = (held: Held, next: Owed | undefined) => ({
  id: held.inspection,
  service: serviceName(held),
  stage: stageOf(held),
  fieldwork: held.announcement.briefing.timetable?.fieldworkStart,
  lead: leadOf(held.announcement.briefing),
  scored: scoredOf(held),
  next,
});

const fits = (held: Held, q: string, stage: string): boolean => {
  const { team } = held.announcement.briefing;
  const text = [held.inspection, serviceName(held), ...team.map(({ person }) => person)].join(" ");
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.every((word) => text.toLowerCase().includes(word));
  return found && (stage === "" || stageOf(held) === stage);
};

type Line = { readonly held: Held; readonly owed: readonly Owed[] };

/** Late first, then what falls due next, then what is over, by name. */
const mostUrgent = (a: Line, b: Line): number => {
  const rank = ({ owed }: Line): string =>
    `${owed[0]?.late === true ? 0 : 1}${owed[0]?.due ?? (owed.length > 0 ? "9998" : "9999")}`;
  return rank(a).localeCompare(rank(b)) || a.held.inspection.localeCompare(b.held.inspection);
};
