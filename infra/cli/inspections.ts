/** `assay inspections` and `assay inspection`: what there is, where it stands and what is owed. */
import { type Dossier, dossierOf } from "@assay/domain/audit/dossier.ts";
import { standingIn } from "@assay/domain/audit/as-at.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { daysIn } from "@assay/domain/framework/timetable.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { dayInEngland, type Instant } from "@assay/domain/kernel/instants.ts";
import { nameInWords } from "@assay/domain/kernel/wording.ts";
import type { Owed } from "@assay/domain/tracking/owed.ts";
import { knownFrom, type Standing, standingOf } from "@assay/domain/tracking/standing.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { momentIn } from "./moments.ts";
import { outlinesIn, readingData, recordsOf, withStore } from "./records.ts";
import { pairs, table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Options = ForMachines & FromData;

export const addInspections = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "inspections",
    summary: "Every inspection in the store, and where it stands.",
    examples: ["inspections", "inspections --data /srv/assay --json"],
  });
  readingData(jsonOption(command), terminal).action(async (options: Options) => {
    const outlines = await withStore(options, terminal, outlinesIn);
    const listed = [...outlines].map(([id, records]) => summaryOf(id, records, terminal.now()));
    terminal.out(options.json ? jsonLine(listed) : listPage(listed, terminal));
  });
};

export const addInspection = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "inspection <ID>",
    summary: "Where an inspection stands, and what is owed, by whom and by when.",
    examples: ["inspection peterborough-2020", "inspection milton-keynes-2021 --json"],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const records = await withStore(options, terminal, (reader) => recordsOf(reader, id));
    const told = detailOf(id as InspectionId, records, terminal.now());
    terminal.out(options.json ? jsonLine(told) : detailPage(told, terminal));
  });
};

/** Plain data. */
type Summary = ReturnType<typeof summaryOf>;

const summaryOf = (id: InspectionId, records: readonly Recorded[], now: Instant) => {
  const dossier = dossierOf(records);
  const { service, timetable, framework, reconstruction } = dossier.briefing;
  const concluded = standingIn(dossier);
  const published = dossier.published.at(-1);
  const { stage, alerts } = standingAt(id, records, now);
  return {
    id,
    service: service?.name ?? null,
    framework: framework?.id ?? null,
    reconstruction,
    fieldwork: timetable ? { start: timetable.fieldworkStart, end: timetable.fieldworkEnd } : null,
    stage,
    alerts,
    score: concluded?.score ?? null,
    overall: concluded?.overall ?? null,
    published: published
      ? { version: published.event.version, on: dayInEngland(published.event.at) }
      : null,
  };
};

const standingAt = (id: InspectionId, records: readonly Recorded[], now: Instant): Standing =>
  standingOf(id, knownFrom(records.map(({ event }) => event)), now);

type Detail = Summary &
  Pick<Standing, "phases" | "owed"> & {
    readonly team: readonly { readonly person: string; readonly role: string }[];
    readonly timetable: Readonly<Record<string, string>> | null;
    /** Cases in the sample now, and how many of them are at each stage of their assessment. */
    readonly cases: Readonly<Record<string, number>>;
    readonly events: number;
  };

const detailOf = (id: InspectionId, records: readonly Recorded[], now: Instant): Detail => {
  const dossier = dossierOf(records);
  const { phases, owed } = standingAt(id, records, now);
  const { team, timetable } = dossier.briefing;
  return {
    ...summaryOf(id, records, now),
    phases,
    team,
    timetable: timetable ? Object.fromEntries(daysIn(timetable)) : null,
    cases: casesIn(dossier),
    events: records.length,
    owed,
  };
};

const casesIn = ({ briefing, files }: Dossier): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = { sampled: briefing.sample.size };
  for (const id of briefing.sample.keys()) {
    const status = files.get(id)?.status ?? "not begun";
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
};

const listPage = (listed: readonly Summary[], terminal: Terminal): string => {
  if (listed.length === 0) return "No inspection has been scheduled.\n";
  const columns = [
    { head: "Inspection" },
    { head: "Service" },
    { head: "Fieldwork" },
    { head: "Where it stands" },
    { head: "Score", align: "right" },
    { head: "Overall" },
  ] as const;
  const ink = inkOf(terminal);
  const rows = listed.map(({ id, service, fieldwork, stage, alerts, score, overall }) => [
    id,
    service ?? "–",
    fieldwork?.start ?? "–",
    [stage, alertsSaid(alerts, ink)].filter(Boolean).join("\n"),
    score === null ? "–" : String(score),
    overall ?? "–",
  ]);
  return `${table(columns, rows, ink)}\n`;
};

/** Nothing while no alert is open: an alert is never just one more line among others. */
const alertsSaid = (
  { open, overdue }: Standing["alerts"],
  ink: ReturnType<typeof inkOf>,
): string => {
  if (overdue > 0) return ink.red(`ALERT OVERDUE (${overdue} of ${open} open)`);
  return open > 0 ? ink.amber(`alert open (${open})`) : "";
};

const detailPage = (told: Detail, terminal: Terminal): string => {
  const ink = inkOf(terminal);
  const { score, overall, published, cases, timetable, team } = told;
  const facts = pairs([
    ["Service", told.service ?? "–"],
    ["Where it stands", told.stage],
    ...(told.alerts.open > 0 ? [["Alerts", alertsSaid(told.alerts, ink)] as const] : []),
    ["Framework", told.framework ?? "fixed when it is announced"],
    ["Ratings", score === null ? "not concluded" : `${score}, ${overall ?? "overall withheld"}`],
    ["Published", published ? `version ${published.version}, ${published.on}` : "no"],
    [
      "Cases",
      Object.entries(cases)
        .map(([status, count]) => `${count} ${status}`)
        .join(", "),
    ],
    ["Team", team.map(({ person, role }) => `${person} (${role})`).join(", ") || "–"],
    ["Events", String(told.events)],
  ]);
  const days = Object.entries(timetable ?? {}).map(
    ([what, day]) => [nameInWords(what), day] as const,
  );
  const calendar = days.length > 0 ? `${ink.bold("Timetable")}\n${pairs(days)}` : "";
  const note = told.reconstruction
    ? "A published inspection carried through again: its cases are made up to match the totals."
    : "";
  const parts = [ink.bold(told.id), facts, calendar, owedPage(told.owed, ink), note];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
};

export const owedPage = (owed: readonly Owed[], ink: ReturnType<typeof inkOf>): string => {
  if (owed.length === 0) return "Nothing is owed.";
  const columns = [{ head: "Owed" }, { head: "By" }, { head: "Due" }, { head: "" }] as const;
  const rows = owed.map(({ what, owner, person, due, overdue, automatic }) => [
    what,
    automatic ? "Assay, by itself" : [owner, person].filter(Boolean).join(": "),
    due ? momentIn(due) : automatic ? "at once" : "no date",
    overdue ? ink.red("overdue") : "",
  ]);
  return table(columns, rows, ink);
};
