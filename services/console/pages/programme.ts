/** The programme as a time line, late inspections first, with what schedulers do about it. */
import { versions } from "@assay/domain/framework/versions.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";

import { drawProgramme } from "../drawing/gantt.ts";
import type { Held } from "../reading/held.ts";
import { owedFor, serviceName, stageOf } from "../reading/tracker.ts";
import { isStaff } from "../reading/viewer.ts";
import { type Handle, NotFound, signedIn } from "./page.ts";

const inspecting = ["lead-inspector", "inspector", "assistant-inspector"];

export const programmePage: Handle = async (visit) => {
  const viewer = signedIn(visit);
  if (!isStaff(viewer)) throw new NotFound();
  const showAll = visit.asked.url.searchParams.has("all");
  const lines = [...(await visit.library.all()).values()]
    .map((held) => ({
      held,
      late: owedFor(held, visit.now).filter(({ late }) => late),
      timetable: held.announcement.briefing.timetable,
    }))
    .filter(({ held }) => showAll || !isOver(held))
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
  return visit.render({
    view: "programme",
    title: "Programme",
    model: {
      wide: true,
      showAll,
      picture: rows.length > 0 ? drawProgramme(rows, dayInEngland(visit.now)) : undefined,
      lines: lines.map(({ held, late, timetable }) => ({
        id: held.inspection,
        service: serviceName(held),
        stage: stageOf(held),
        late: late.length,
        timetable,
      })),
      frameworks: versions.map(({ id, label }) => ({ id, label })),
      candidates: (await visit.people())
        .filter(({ actor }) => inspecting.includes(actor.role))
        .map(({ actor, name }) => ({ id: actor.id, role: actor.role, name })),
    },
  });
};

const isOver = (held: Held): boolean => ["closed", "cancelled"].includes(stageOf(held));
