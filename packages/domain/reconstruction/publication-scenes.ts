/**
 * The story of the report: drafted, checked by the service, signed, published by itself, closed.
 */
import { timetableFor } from "../framework/timetable.ts";
import { addDays, type Day, inEngland } from "../kernel/instants.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import type { Section } from "../publication/events.ts";
import { nameInWords } from "./published-words.ts";
import { sayingsOf } from "./sayings.ts";
import { type Line, line, people, type Plot, providerOf, type Scene } from "./story.ts";

const { lead, chief, publications } = people;

export const publicationScenes = (plot: Plot): readonly Scene[] => {
  const { counts } = plot;
  const { timetable, report } = counts.framework.ruleset;
  const days = timetableFor(plot.fieldwork, counts.framework);
  const provider = providerOf(plot);
  const comment = "figures-checked" as never;
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
          line(provider, {
            type: "SubmitComment",
            comment,
            section: "background",
            wording: "The service has checked the figures and has nothing to correct.",
          }),
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
            answer: "Thank you. Nothing was changed.",
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

const numbers = ({ file }: Plot): readonly number[] =>
  Array.from({ length: file.recommendations ?? 0 }, (_, i) => i + 1);

const actions = (plot: Plot, due: Day) =>
  numbers(plot).map((recommendation) => ({
    recommendation,
    due,
    action: sayingsOf(plot).action,
  }));

const drafting = (plot: Plot): readonly Line[] => [
  ...sections(plot).map(([section, markdown]) =>
    line(lead, { type: "DraftSection", section, markdown }),
  ),
  ...facts(plot),
  ...numbers(plot).map((number) =>
    line(lead, {
      type: "MakeRecommendation",
      number,
      addressee: plot.service.name,
      wording: sayingsOf(plot).recommendation(number),
    }),
  ),
];

const sections = (plot: Plot): readonly (readonly [Section, string])[] => {
  const { foreword, summary, background } = sayingsOf(plot);
  return [
    ["foreword", foreword],
    ["executive-summary", summary],
    ["background", background],
    ["contextual-facts", "Each figure is given with its source."],
    ...plot.counts.framework.domains.map(
      ({ number, label }) =>
        [`domain-${number}`, `${label}: see the tables of this chapter.`] as [Section, string],
    ),
  ];
};

const facts = (plot: Plot): readonly Line[] => {
  const { file } = plot;
  const { asOf = "not stated", ...figures } = file.caseload ?? {};
  return Object.entries(figures).flatMap(([name, value]): readonly Line[] =>
    typeof value === "number"
      ? [
          line(lead, {
            type: "RecordContextualFact",
            name,
            label: labelOf(name),
            value,
            unit: "cases",
            source: sayingsOf(plot).figuresFrom,
            asOf,
          }),
        ]
      : [],
  );
};

const labelOf = (name: string): string => {
  const spaced = nameInWords(name);
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`;
};
