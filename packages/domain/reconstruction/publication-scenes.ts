/**
 * The story of the report: drafted, checked by the service, signed, published by itself, closed.
 */
import { outlineOf } from "../briefing/inspection.ts";
import { timetableFor } from "../framework/timetable.ts";
import { addDays, type Day, inEngland } from "../kernel/instants.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { type Line, line, people, type Plot, providerOf, type Scene } from "./story.ts";

const { lead, chief, publications } = people;

export const publicationScenes = (plot: Plot): readonly Scene[] => {
  const { framework, says } = plot;
  const { timetable, report } = framework.ruleset;
  const days = timetableFor(plot.fieldwork, framework);
  const provider = providerOf(plot);
  const comment = "figures-checked" as never;
  const sections = outline(plot);
  const { id: section } = sections[Math.min(2, sections.length - 1)]!;
  const answered = addWorkingDays(days.factualAccuracy, 3);
  const publishAt = inEngland(days.publication, report.publicationTime);
  const plan = addWorkingDays(days.publication, timetable.actionPlan.workingDays);
  return [
    {
      at: inEngland(days.draft, "10:00"),
      lanes: [[...drafting(plot), line(lead, { type: "SendDraft" })]],
    },
    {
      at: inEngland(addDays(days.factualAccuracy, -1), "10:00"),
      lanes: [
        [
          line(provider, { type: "SubmitComment", comment, section, wording: says.comment }),
          line(provider, { type: "ReturnComments" }),
        ],
      ],
    },
    {
      at: inEngland(answered, "10:00"),
      lanes: [
        [
          line(lead, {
            type: "AnswerComment",
            comment,
            outcome: "not-accepted",
            standards: [],
            answer: says.answer,
          }),
          line(lead, { type: "CloseFactualAccuracy" }),
        ],
      ],
    },
    { at: inEngland(days.signOff, "10:00"), lanes: [[line(chief, { type: "SignOffReport" })]] },
    {
      at: inEngland(days.signOff, "14:00"),
      lanes: [[line(publications, { type: "SetEmbargo", publishAt, recipients: [] })]],
    },
    // It is published by itself when its moment comes.
    { at: inEngland(addWorkingDays(days.publication, 1), "10:00"), lanes: [[]] },
    ...(numbers(plot).length > 0 ? planned(plot, plan) : []),
  ];
};

const planned = (plot: Plot, due: Day): readonly Scene[] => [
  {
    at: inEngland(addWorkingDays(due, -10), "10:00"),
    lanes: [[line(providerOf(plot), { type: "SubmitActionPlan", actions: actions(plot, due) })]],
  },
  { at: inEngland(due, "10:00"), lanes: [[line(lead, { type: "AcceptActionPlan" })]] },
];

const numbers = ({ recommendations }: Plot): readonly number[] =>
  Array.from({ length: recommendations }, (_, i) => i + 1);

const actions = (plot: Plot, due: Day) =>
  numbers(plot).map((recommendation) => ({
    recommendation,
    due,
    action: plot.says.action(recommendation),
  }));

/** The chapters, by what the case list and the framework say. */
const outline = ({ framework, list, reconstruction }: Plot) =>
  outlineOf({
    framework,
    profiles: new Map(list.map((row, i) => [String(i) as never, row])),
    reconstruction,
  });

const drafting = (plot: Plot): readonly Line[] => [
  ...outline(plot).map((section) =>
    line(lead, {
      type: "DraftSection",
      section: section.id,
      markdown: plot.says.section(section),
    }),
  ),
  ...plot.figures.map((figure) =>
    line(lead, { type: "RecordContextualFact", source: plot.says.figuresFrom, ...figure }),
  ),
  ...numbers(plot).map((number) =>
    line(lead, {
      type: "MakeRecommendation",
      number,
      addressee: plot.service.name,
      wording: plot.says.recommendation(number),
    }),
  ),
];
