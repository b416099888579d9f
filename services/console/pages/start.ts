/** The front page: what is the viewer's to do, what is late, and all inspections they may see. */
import type { Instant } from "@assay/domain/kernel/instants.ts";

import { searching } from "../forms/asking.ts";
import { choices, select } from "../forms/form.ts";
import { redirect } from "../http/answer.ts";
import type { Listed } from "../reading/held.ts";
import { groupsOf } from "../reading/duty-groups.ts";
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
import { isStaff, maySee, type Viewer } from "../reading/viewer.ts";
import { stageNames } from "../wording/names.ts";
import type { Handle } from "./page.ts";

export const startPage: Handle = async (visit) => {
  const { viewer, library, now, asked, render } = visit;
  if (viewer.kind === "public") return redirect("/public");
  const all = [...(await library.all()).values()].filter((held) => maySee(viewer, held));
  if (!isStaff(viewer) && all.length === 1 && all[0])
    return redirect(`/inspections/${all[0].inspection}/service`);
  const asks = (name: string): string => asked.url.searchParams.get(name)?.trim() ?? "";
  const [q, chosen, sort] = [asks("q"), asks("stage"), asks("sort")];

  const lines = all.map((held) => lineOf(held, now));
  const linked = lines.flatMap(({ held, owed }) =>
    owed.map((each) => ({ held, each: { ...each, href: dutyHref(each, held, viewer) } })),
  );
  const mine = linked.filter(({ held, each }) => isTheirs(each, viewer, held));
  const others = linked.filter((one) => !mine.includes(one));
  const late = others.filter(({ each }) => each.late);
  const waiting = others.filter(({ held, each }) => !each.late && isInvolved(viewer, held));
  const shown = lines
    .filter(({ held }) => fits(held, q, chosen))
    .toSorted(orders[sort]?.by ?? mostUrgent);
  const grouped = (found: typeof linked) => groupsOf(found.map(({ each }) => each));
  const groups = { mine: grouped(mine), late: grouped(late), waiting: grouped(waiting) };

  return render({
    view: "start",
    title: isStaff(viewer) ? "Your work and all inspections" : "Inspections",
    model: {
      now,
      wide: true,
      search: searching("Service or person", q, {
        button: "Show",
        fields: {
          stage: select("Stage", stageOptions, { value: chosen }),
          sort: select("Order", orderOptions, { value: sort }),
        },
      }),
      counts: {
        all: all.length,
        shown: shown.length,
        late: linked.filter(({ each }) => each.late).length,
        waiting: waiting.length,
      },
      stages: stagesOf(lines, chosen),
      ...groups,
      inspections: shown.map((line) => inspectionLine(line)),
    },
  });
};

/** How many inspections are in each stage that has any, each a filter of the list. */
const stagesOf = (lines: readonly Line[], chosen: string) =>
  [...stages, "postponed" as const, "cancelled" as const].flatMap((stage) => {
    const inIt = lines.filter(({ held }) => stageOf(held) === stage);
    const late = inIt.filter(({ owed }) => owed.some((each) => each.late)).length;
    return inIt.length === 0 ? [] : [{ stage, count: inIt.length, late, chosen: stage === chosen }];
  });

/** They lead it, are on its team or sit on its panel. */
const isInvolved = (viewer: Viewer, { team, members }: Listed): boolean => {
  if (viewer.kind !== "person") return false;
  const { id } = viewer.actor;
  return team.some(({ person }) => person === id) || members.includes(id);
};

const stageOptions = [
  { value: "", text: "All" },
  ...choices([...stages, "postponed", "cancelled"], (stage) => stageNames[stage]),
];

/** What Assay will do by itself is nobody's to see to. */
const visible = (owed: readonly Owed[]): readonly Owed[] =>
  owed.filter(({ owner }) => owner !== "system");

const lineOf = (held: Listed, now: Instant): Line => {
  const all = owedFor(held, now);
  return { held, owed: visible(all), automatic: all.filter(({ owner }) => owner === "system") };
};

const inspectionLine = ({ held, owed, automatic }: Line) => ({
  id: held.inspection,
  service: serviceName(held),
  stage: stageOf(held),
  fieldwork: held.timetable?.fieldworkStart,
  lead: held.lead,
  scored: scoredOf(held),
  next: groupsOf(owed)[0],
  automatic: automatic[0],
  isOver: stageOf(held) === "closed" || stageOf(held) === "cancelled",
});

const fits = (held: Listed, q: string, stage: string): boolean => {
  const text = [held.inspection, serviceName(held), ...held.team.map(({ person }) => person)].join(
    " ",
  );
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.every((word) => text.toLowerCase().includes(word));
  return found && (stage === "" || stageOf(held) === stage);
};

type Line = {
  readonly held: Listed;
  readonly owed: readonly Owed[];
  /** What Assay will do by itself. */
  readonly automatic: readonly Owed[];
};

/** Late first, then what falls due next, then what is over, by name. */
const mostUrgent = (a: Line, b: Line): number => {
  const rank = ({ owed }: Line): string =>
    `${owed[0]?.late === true ? 0 : 1}${owed[0]?.due ?? (owed.length > 0 ? "9998" : "9999")}`;
  return rank(a).localeCompare(rank(b)) || a.held.inspection.localeCompare(b.held.inspection);
};

const ordered = (what: (line: Line) => string) => (a: Line, b: Line) =>
  what(a).localeCompare(what(b)) || mostUrgent(a, b);

type Order = { readonly text: string; readonly by: (a: Line, b: Line) => number };

/** Ways of ordering the list, by their names in the address. */
const orders: Readonly<Record<string, Order>> = {
  "": { text: "Most urgent first", by: mostUrgent },
  service: { text: "By service", by: ordered(({ held }) => serviceName(held)) },
  fieldwork: {
    text: "By first day of fieldwork",
    by: ordered(({ held }) => held.timetable?.fieldworkStart ?? "9999"),
  },
  lead: { text: "By lead", by: ordered(({ held }) => held.lead ?? "~") },
};

const orderOptions = Object.entries(orders).map(([value, { text }]) => ({ value, text }));
