/** The story until the sample is drawn: scheduled, announced, listed, drawn, notified. */
import { CASE_LIST, dueOf, timetableFor } from "../framework/timetable.ts";
import { addDays, inEngland } from "../kernel/instants.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { caseListFor, overridesFor } from "./cases.ts";
import { publishedOf } from "./published-words.ts";
import { sayingsOf } from "./sayings.ts";
import { line, people, type Plot, providerOf, type Scene } from "./story.ts";

export const beforeFieldwork = (plot: Plot): readonly Scene[] => {
  const { counts, service } = plot;
  const { scheduler, analyst, lead, inspectors } = people;
  const provider = providerOf(plot);
  const days = timetableFor(plot.fieldwork, counts.framework);
  const overrides = overridesFor(counts);
  const team = [
    { person: lead.id, role: "lead-inspector" as const },
    ...inspectors.map(({ id }) => ({ person: id, role: "inspector" as const })),
  ];
  return [
    {
      at: inEngland(addWorkingDays(days.announcement, -60), "10:00"),
      lanes: [
        [
          line(scheduler, {
            type: "ScheduleInspection",
            service,
            framework: counts.framework.id,
            fieldwork: plot.fieldwork,
            team,
            ...(!plot.madeUp && {
              reconstruction: publishedOf(plot),
            }),
          }),
        ],
      ],
    },
    {
      at: inEngland(days.announcement, "10:00"),
      lanes: [
        [
          line(scheduler, { type: "AnnounceInspection", recipients: recipients(plot) } as never),
          ...(overrides ? [line(analyst, { type: "SetSampleSizes", overrides })] : []),
        ],
      ],
    },
    {
      at: inEngland(dueOf(CASE_LIST, days), "15:00"),
      lanes: [[line(provider, { type: "SubmitCaseList", rows: caseListFor(plot) })]],
    },
    {
      at: inEngland(addDays(dueOf(CASE_LIST, days), 1), "11:00"),
      lanes: counts.framework.requests
        .filter(({ id }) => id !== CASE_LIST)
        .map(({ id: request }) => [line(lead, { type: "SatisfyRequest", request })]),
    },
    {
      at: inEngland(days.sample ?? days.announcement, "11:00"),
      lanes: [
        [line(analyst, { type: "DrawSample" } as never), line(analyst, { type: "NotifySample" })],
      ],
    },
  ];
};

const recipients = (plot: Plot) =>
  plot.counts.framework.letter.offices.map(({ id: office }) => ({
    office,
    text: { name: sayingsOf(plot).recipient },
  }));
