/** The story until fieldwork: scheduled, announced; where cases are sampled, listed and drawn. */
import { CASE_LIST, dueOf, timetableFor } from "../framework/timetable.ts";
import { addDays, inEngland } from "../kernel/instants.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { line, people, type Plot, providerOf, type Scene } from "./story.ts";

export const beforeFieldwork = (plot: Plot): readonly Scene[] => {
  const { framework, sizes, list } = plot;
  const { scheduler, analyst, lead } = people;
  const days = timetableFor(plot.fieldwork, framework);
  const samples = framework.populations.length > 0;
  const listed = samples ? dueOf(CASE_LIST, days) : days.announcement;
  return [
    {
      at: inEngland(addWorkingDays(days.announcement, -60), "10:00"),
      lanes: [[scheduling(plot)]],
    },
    {
      at: inEngland(days.announcement, "10:00"),
      lanes: [
        [
          line(scheduler, { type: "AnnounceInspection", recipients: recipients(plot) } as never),
          ...(sizes ? [line(analyst, { type: "SetSampleSizes", overrides: sizes })] : []),
        ],
      ],
    },
    ...(samples
      ? [
          {
            at: inEngland(listed, "15:00"),
            lanes: [[line(providerOf(plot), { type: "SubmitCaseList", rows: list })]],
          },
        ]
      : []),
    {
      at: inEngland(addDays(listed, 1), "11:00"),
      lanes: framework.requests
        .filter(({ id }) => id !== CASE_LIST)
        .map(({ id: request }) => [line(lead, { type: "SatisfyRequest", request })]),
    },
    ...(samples
      ? [
          {
            at: inEngland(days.sample ?? days.announcement, "11:00"),
            lanes: [
              [
                line(analyst, { type: "DrawSample" } as never),
                line(analyst, { type: "NotifySample" }),
              ],
            ],
          },
        ]
      : []),
  ];
};

const scheduling = ({ service, framework, kind, fieldwork, reconstruction }: Plot) => {
  const { scheduler, lead, inspectors } = people;
  return line(scheduler, {
    type: "ScheduleInspection",
    service,
    framework: framework.id,
    ...(kind !== undefined && { kind }),
    fieldwork,
    team: [
      { person: lead.id, role: "lead-inspector" as const },
      ...inspectors.map(({ id }) => ({ person: id, role: "inspector" as const })),
    ],
    ...(reconstruction && { reconstruction }),
  });
};

const recipients = ({ framework, says }: Plot) =>
  framework.letter.offices.map(({ id: office }) => ({
    office,
    text: { name: says.recipient(office) },
  }));
