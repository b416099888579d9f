/** One inspection: its ratings, what is owed, its dates and team, and where it stands. */
import { inspectionMachine } from "@assay/domain/announcement/machine.ts";
import { fieldworkMachine } from "@assay/domain/fieldwork/machine.ts";
import { requestNamed } from "@assay/domain/briefing/inspection.ts";
import { provisionalIn, provisionalOn } from "@assay/domain/framework/provisional.ts";
import { domainCode, domainNamed, standardIn } from "@assay/domain/framework/standards.ts";
import { daysIn } from "@assay/domain/framework/timetable.ts";
import { phaseName } from "@assay/domain/kernel/chart.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";
import { domainRatingsIn } from "@assay/domain/panel/conclude.ts";
import { panelMachine } from "@assay/domain/panel/machine.ts";
import { publicationMachine } from "@assay/domain/publication/machine.ts";

import { definitionOf, type Drawn, drawChart, drawnFrom } from "../drawing/statechart.ts";
import type { Svg } from "../drawing/svg.ts";
import { planningForms } from "../forms/planning.ts";
import { frameworksKnown } from "../reading/frameworks.ts";
import type { Held } from "../reading/held.ts";
import { type ChartName, chartNames as charts } from "@assay/domain/tracking/standing.ts";
import { dutyHref } from "../reading/places.ts";
import { groupsOf } from "../reading/duty-groups.ts";
import { owedFor, scoredOf, serviceName, stageOf } from "../reading/tracker.ts";
import { isStaff, mayRead, maySeeRatings, type Viewer } from "../reading/viewer.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { chartNames, plain, timetableNames } from "../wording/names.ts";
import { type Handle, inspectionIn, type Visit } from "./page.ts";

/** What is shown of a long list before "more". */
const firstDuties = 10;

export const inspectionPage: Handle = async (visit) => {
  const { viewer, now, render } = visit;
  const held = await inspectionIn(visit);
  const owed = owedFor(held, now).map((each) => ({
    ...each,
    href: each.owner === "system" ? undefined : dutyHref(each, held, viewer),
  }));
  const toDo = groupsOf(owed.filter(({ owner }) => owner !== "system").filter(isFor(viewer)));
  const ratings = maySeeRatings(viewer, held) ? ratingsOf(held) : [];
  return render({
    view: "inspection",
    title: serviceName(held),
    model: {
      ...frame(held, viewer, "overview"),
      now,
      ratings,
      anyMoved: ratings.some(({ moved }) => moved),
      owed: toDo.slice(0, firstDuties),
      more: toDo.length > firstDuties ? toDo.slice(firstDuties) : undefined,
      automatic: isStaff(viewer) ? owed.filter(({ owner }) => owner === "system") : [],
      dates: datesOf(held, now),
      showPeople: isStaff(viewer),
      team: held.announcement.briefing.team,
      framework: frameworkTold(held),
      charts: isStaff(viewer) ? charts.map((chart) => chartOf(held, chart)) : [],
    },
    forms: {
      about: { held, now },
      at: {
        here: planningForms({
          held,
          others: [...(await visit.library.all()).values()].filter(
            (other) => other.inspection !== held.inspection,
          ),
          people: isStaff(viewer) ? await visit.people() : [],
          programme: isStaff(viewer) ? await programmeOf(visit, held) : undefined,
          frameworks: frameworksKnown(await visit.library.frameworks()),
        }),
      },
    },
  });
};

const programmeOf = async ({ library }: Visit, { announcement }: Held) => {
  const id = announcement.scheduled?.programme;
  return id && (await library.programmes()).get(id);
};

/** What stands above every page of an inspection. */
export const frame = (held: Held, viewer: Viewer, current: string) => {
  const base = `/inspections/${held.inspection}`;
  const name = serviceName(held);
  const showRatings = maySeeRatings(viewer, held);
  const tab = (id: string, text: string) => ({
    text,
    href: id === "overview" ? base : `${base}/${id}`,
    current: id === current,
  });
  const staff = isStaff(viewer);
  const provider = viewer.kind === "person" && !staff;
  const tabs = [
    ...(provider ? [tab("service", "What we ask of you")] : []),
    tab("overview", "Overview"),
    ...(staff && !judgesByPeopleAlone(held)
      ? [tab("sample", "Sample"), tab("cases", "Cases")]
      : []),
    ...(staff ? [tab("fieldwork", "Fieldwork")] : []),
    ...(staff && mayRead(viewer, "panel", held) ? [tab("panel", "Panel")] : []),
    ...(staff && mayRead(viewer, "report", held) ? [tab("report", "Report")] : []),
    ...(staff ? [tab("letters", "Letters")] : []),
    ...(staff && mayRead(viewer, "history", held)
      ? [tab("history", "History"), tab("what-if", "What if"), tab("proofs", "Proofs")]
      : []),
  ];
  return {
    base,
    head: {
      service: name,
      inspection: held.inspection,
      version: held.publication.version,
      hasProofs: staff && mayRead(viewer, "history", held),
      stage: stageOf(held),
      scored: showRatings ? scoredOf(held) : undefined,
      provisional: provisionalBehind(held, "overall").length > 0,
      reconstruction: held.announcement.briefing.reconstruction,
      tabs: tabs.length > 1 ? tabs : [],
    },
    crumbs: [
      { text: "Inspections", href: "/" },
      ...(current === "overview" ? [{ text: name }] : [{ text: name, href: base }]),
    ],
    wide: true,
  };
};

/** No case is sampled, so there is none to list. */
const judgesByPeopleAlone = ({ announcement }: Held): boolean =>
  announcement.briefing.framework?.populations.length === 0;

/** The framework that was pinned, the kind of inspection, and what of it is provisional. */
const frameworkTold = ({ announcement: { briefing } }: Held) => {
  const { framework, kind } = briefing;
  if (!framework) return undefined;
  const { id, label, kinds, provisional, partners } = framework;
  const days = provisionalIn(framework, "ruleset.timetable");
  const of = kinds.find((each) => each.id === kind) ?? kinds[0]!;
  const partnerName = Object.fromEntries(partners.map((each) => [each.id, each.label]));
  return { id, label, kind: of.label, provisional, days, partnerName };
};

/** The settings behind a rating that the authority has not published. */
export const provisionalBehind = ({ panel: { briefing } }: Held, subject: string) =>
  briefing.framework ? provisionalOn(briefing.framework, subject) : [];

/** What it is rated on: its standards, and the domains that have a rating of their own. */
export const ratingsOf = (held: Held) => {
  const { panel } = held;
  const { framework } = panel.briefing;
  if (!framework) return [];
  const standards = panel.concluded.map(({ standard, rating, decidedBy, rule }) => ({
    ...{ standard, rating, moved: decidedBy !== "panel" && rating !== rule },
    label: standardIn(framework, standard)?.label ?? standard,
  }));
  const graded = panel.concluded.length > 0 ? domainRatingsIn(panel) : [];
  const domains = graded.map(({ domain, rating }) => ({
    ...{ standard: domainCode(domain), rating, moved: false },
    label: domainNamed(framework, domain),
  }));
  return [...standards, ...domains].map((each) => ({
    ...each,
    provisional: provisionalBehind(held, each.standard).length > 0,
  }));
};

/** A provider is shown what it owes itself; staff see everything. */
const isFor =
  (viewer: Viewer) =>
  ({ owner }: { readonly owner: string }): boolean =>
    isStaff(viewer) || owner === "provider-user";

export const datesOf = ({ announcement }: Held, now: string) => {
  const { timetable } = announcement.briefing;
  if (!timetable) return [];
  const today = dayInEngland(now as Parameters<typeof dayInEngland>[0]);
  return daysIn(timetable)
    .map(([key, day]) => ({
      name:
        key in timetableNames
          ? timetableNames[key as keyof typeof timetableNames]
          : `${requestNamed(announcement.briefing, key)} due`,
      day,
      past: day < today,
    }))
    .toSorted((a, b) => a.day.localeCompare(b.day));
};

const machines: Readonly<Record<ChartName, { readonly definition: unknown }>> = {
  announcement: inspectionMachine,
  fieldwork: fieldworkMachine,
  panel: panelMachine,
  publication: publicationMachine,
};

const drawn = new Map<ChartName, Drawn>();

const drawnChart = (chart: ChartName): Drawn => {
  const known = drawn.get(chart) ?? drawnFrom(definitionOf(machines[chart]));
  drawn.set(chart, known);
  return known;
};

export const chartOf = (
  held: Held,
  chart: ChartName,
): { readonly name: string; readonly now: string; readonly svg: Svg } => {
  const current = phaseName(held[chart].phase);
  const entered = new Map(
    [...held.entered].flatMap(([phase, at]) =>
      phase.startsWith(`${chart} `)
        ? [[phase.slice(chart.length + 1), dayInWords(dayInEngland(at))] as const]
        : [],
    ),
  );
  const now = plain(current.split(".").at(-1) ?? current).toLowerCase();
  const title = `${chartNames[chart]}: now ${now}`;
  const all = drawnChart(chart);
  const svg = drawChart(all, { current: [current], entered }, title);
  return { name: chartNames[chart], now, svg };
};
