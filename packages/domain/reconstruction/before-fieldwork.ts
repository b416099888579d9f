/** The story until the sample is drawn: scheduled, announced, listed, drawn, notified. */
import { timetableFor } from "../framework/timetable.ts";
import { addDays, inEngland } from "../kernel/instants.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { caseListFor, overridesFor } from "./cases.ts";
import { sayingsOf } from "./sayings.ts";
import { line, people, type Plot, providerOf, type Scene } from "./story.ts";

export const beforeFieldwork = (plot: Plot): readonly Scene[] => {
  const { file, counts, service } = plot;
  const { scheduler, analyst, lead, inspectors } = people;
  const provider = providerOf(plot);
  const days = timetableFor(file.fieldwork, counts.framework.ruleset.timetable);
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
            fieldwork: file.fieldwork,
            team,
            ...(!plot.madeUp && {
              reconstruction: { source: `the published report on ${service.name}` },
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
      at: inEngland(days.caseList, "15:00"),
      lanes: [[line(provider, { type: "SubmitCaseList", rows: caseListFor(file, counts) })]],
    },
    {
      at: inEngland(addDays(days.caseList, 1), "11:00"),
      lanes: (["evidence-in-advance", "contextual-data"] as const).map((request) => [
        line(lead, { type: "SatisfyRequest", request }),
      ]),
    },
    {
      at: inEngland(days.sample, "11:00"),
      lanes: [
        [line(analyst, { type: "DrawSample" } as never), line(analyst, { type: "NotifySample" })],
      ],
    },
  ];
};

const recipients = (plot: Plot) =>
  (
    [
      "service-manager",
      "board-chair",
      "local-authority-chief-executive",
      "director-of-childrens-services",
    ] as const
  ).map((office) => ({ office, text: { name: sayingsOf(plot).recipient } }));
