/** The programme as a time line, late inspections first, with what schedulers do about it. */
import { phaseName } from "@assay/domain/kernel/chart.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";

import { searching } from "../forms/asking.ts";
import { checkboxes } from "../forms/form.ts";
import { kindChoice } from "../forms/frameworks.ts";
import { openingProgramme, schedulingInspection } from "../forms/programme.ts";
import { drawProgramme } from "../drawing/gantt.ts";
import { frameworksOffered } from "../reading/frameworks.ts";
import type { Listed } from "../reading/held.ts";
import { owedFor, serviceName, stageOf } from "../reading/tracker.ts";
import { isStaff } from "../reading/viewer.ts";
import { type Handle, NotFound, signedIn } from "./page.ts";

const inspecting = ["lead-inspector", "inspector", "assistant-inspector"];

export const programmePage: Handle = async (visit) => {
  const viewer = signedIn(visit);
  if (!isStaff(viewer)) throw new NotFound();
  const { searchParams } = visit.asked.url;
  const showAll = searchParams.has("all");
  const onlyLate = searchParams.has("late");
  const q = searchParams.get("q")?.trim().toLowerCase() ?? "";
  const programmes = await visit.library.programmes();
  const lines = [...(await visit.library.all()).values()]
    .map((held) => ({
      held,
      late: owedFor(held, visit.now).filter(({ late }) => late),
      timetable: held.timetable,
    }))
    .filter(({ held, late }) => (showAll || !isOver(held)) && (!onlyLate || late.length > 0))
    .filter(({ held }) => fits(held, q))
    .toSorted(
      (a, b) =>
        Number(b.late.length > 0) - Number(a.late.length > 0) ||
        String(a.timetable?.fieldworkStart).localeCompare(String(b.timetable?.fieldworkStart)),
    );
  const rows = lines.flatMap(({ held, late, timetable }) =>
    timetable
      ? [
          {
            name: serviceName(held),
            href: `/inspections/${held.inspection}`,
            timetable,
            late: late.length > 0,
            resting: stageOf(held) === "postponed" || stageOf(held) === "cancelled",
          },
        ]
      : [],
  );
  const candidates = (await visit.people()).filter(({ actor }) => inspecting.includes(actor.role));
  const offered = frameworksOffered(await visit.library.frameworks());
  const framework = kindChoice(offered, dayInEngland(visit.now));
  return visit.render({
    view: "programme",
    title: "Programme",
    model: {
      wide: true,
      showAll,
      searched: q !== "" || onlyLate,
      search: searchFor(q, { onlyLate, showAll }),
      programmes: [...programmes].map(([id, state]) => ({
        id,
        name: state.opened?.name ?? id,
        phase: phaseName(state.phase),
        placed: state.placements.size,
        services: state.services.size,
      })),
      picture: rows.length > 0 ? drawProgramme(rows, dayInEngland(visit.now)) : undefined,
      lines: lines.map(({ held, late, timetable }) => ({
        id: held.inspection,
        service: serviceName(held),
        stage: stageOf(held),
        late: late.length,
        timetable,
      })),
    },
    forms: {
      about: { now: visit.now },
      at: { here: [openingProgramme, schedulingInspection(candidates, framework)] },
    },
  });
};

const searchFor = (
  q: string,
  { onlyLate, showAll }: { readonly onlyLate: boolean; readonly showAll: boolean },
) =>
  searching("Service, person or stage", q, {
    button: "Filter",
    fields: {
      late: checkboxes("Late", [{ value: "yes", text: "Only what is late", checked: onlyLate }]),
    },
    carried: showAll ? [["all", ""]] : [],
  });

/** By service, person on the team, or stage. */
const fits = (held: Listed, q: string): boolean => {
  const text = [serviceName(held), stageOf(held), ...held.team.map(({ person }) => person)].join(
    " ",
  );
  return q.split(/\s+/).every((word) => text.toLowerCase().includes(word));
};

const isOver = (held: Listed): boolean => ["closed", "cancelled"].includes(stageOf(held));
