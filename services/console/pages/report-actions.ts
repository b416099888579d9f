/** What is done about a report: written, shared, answered, signed, timed, corrected, tracked. */
import { dayInEngland, timeInEngland } from "@assay/domain/kernel/instants.ts";

import type { Held } from "../reading/held.ts";
import type { Visit } from "./page.ts";
import { type Action, brief, choices, type Field, offered, reason } from "./actions.ts";

export type Writing = {
  /** How many findings somebody gave a reason for. */
  readonly excused: number;
  readonly recommendations: readonly { readonly number: number }[];
  /** Comments that still want an answer. */
  readonly comments: readonly { readonly comment: string; readonly words: string }[];
};

export const reportActions = (
  { viewer, now }: Visit,
  held: Held,
  writing: Writing,
): readonly Action[] => {
  return offered({ held, now }, viewer, [
    ...writing.comments.map((each) => answering(each, held)),
    {
      type: "SendDraft",
      title: "Send the draft to the service",
      about: "The service then has ten working days to comment on its facts.",
      button: "Send the draft",
      first: true,
      fields: [],
    },
    {
      type: "CloseFactualAccuracy",
      title: "Close the factual-accuracy round",
      button: "Close the round",
      first: writing.comments.length === 0,
      fields: [],
    },
    signing(writing),
    embargo(held),
    changing(held),
    {
      type: "WithdrawSignOff",
      title: "Withdraw the sign-off",
      button: "Withdraw the sign-off",
      grave: true,
      fields: [reason()],
    },
    {
      type: "AcceptActionPlan",
      title: "Accept the action plan",
      button: "Accept the action plan",
      first: true,
      fields: [],
    },
    {
      type: "ReturnActionPlan",
      title: "Return the action plan",
      button: "Return the action plan",
      fields: [reason("What is missing")],
    },
    recommending(held),
    writing.recommendations.length > 0 && withdrawing(writing),
    figure,
    correcting,
    writing.recommendations.length > 0 && trackingOf(writing.recommendations),
  ]);
};

const signing = ({ excused }: Writing): Action => ({
  type: "SignOffReport",
  title: "Sign the report off",
  about:
    "You have read it and stand behind it. Whoever wrote part of it cannot sign." +
    (excused === 0
      ? ""
      : ` Exceptions to the checks, under Checks with their reasons: ${excused}.`),
  button: "Sign the report off",
  first: true,
  fields: [],
});

const answering = ({ comment, words }: Writing["comments"][number], { panel }: Held): Action => ({
  type: "AnswerComment",
  id: comment,
  title: `Answer: ${brief(words)}`,
  about: words,
  button: "Answer the comment",
  first: true,
  hidden: { comment },
  fields: [
    {
      kind: "radios",
      name: "outcome",
      label: "Outcome",
      options: [
        { value: "accepted", text: "Accepted" },
        { value: "partly-accepted", text: "Partly accepted" },
        { value: "not-accepted", text: "Not accepted" },
      ],
    },
    {
      kind: "boxes",
      name: "standards",
      label: "Standards whose judgements the corrected fact touches",
      hint: "The panel then decides these anew. Usually none.",
      options: choices(
        panel.concluded.map(({ standard }) => standard),
        String,
      ),
    },
    reason("Answer", "answer"),
  ],
});

const moment = (day: string, time: string): readonly Field[] => [
  { kind: "day", name: "publishAt.day", label: "Day of publication", value: day },
  { kind: "time", name: "publishAt.time", label: "Time, by the clocks of England", value: time },
];

/** Copies that can be named at once. */
const copies = 4;

const embargo = ({ publication }: Held): Action => {
  const { timetable, framework } = publication.briefing;
  return {
    type: "SetEmbargo",
    title: "Set the embargo",
    about:
      "The report appears by itself at this moment. Copies are released by themselves three working " +
      "days before, each marked with the name of who gets it; somebody then hands them over.",
    button: "Set the embargo",
    first: true,
    fields: [
      ...moment(timetable?.publication ?? "", framework?.ruleset.report.publicationTime ?? "00:01"),
      ...Array.from({ length: copies }, (_, place): readonly Field[] => [
        {
          kind: "text",
          name: `recipients.${place}.body`,
          label: `Copy ${place + 1}: body`,
        },
        { kind: "text", name: `recipients.${place}.name`, label: `Copy ${place + 1}: name` },
      ]).flat(),
    ],
  };
};

const changing = ({ publication: { publishAt } }: Held): Action => ({
  type: "ChangeEmbargo",
  title: "Change the moment of publication",
  button: "Change the moment",
  fields: [
    ...(publishAt
      ? moment(dayInEngland(publishAt), timeInEngland(publishAt))
      : moment("", "00:01")),
    reason(),
  ],
});

/** A number that was withdrawn is never given again. */
const recommending = ({ publication: { recommendations } }: Held): Action => ({
  type: "MakeRecommendation",
  title: "Make a recommendation",
  button: "Make the recommendation",
  hidden: { number: String(Math.max(0, ...recommendations.keys()) + 1) },
  fields: [
    { kind: "text", name: "addressee", label: "To which body" },
    reason("What it should do", "wording"),
  ],
});

const numbered = (recommendations: Writing["recommendations"]): Field => ({
  kind: "select",
  name: "number",
  label: "Recommendation",
  options: recommendations.map(({ number }) => ({
    value: String(number),
    text: `Recommendation ${number}`,
  })),
});

const withdrawing = (writing: Writing): Action => ({
  type: "WithdrawRecommendation",
  title: "Withdraw a recommendation",
  button: "Withdraw the recommendation",
  fields: [numbered(writing.recommendations), reason()],
});

const figure: Action = {
  type: "RecordContextualFact",
  title: "Record a contextual figure",
  about: "Every figure is printed with its source and its day.",
  button: "Record the figure",
  fields: [
    {
      kind: "text",
      name: "name",
      label: "Short name",
      hint: "Letters only, such as firstTimeEntrants; the same name again replaces the figure",
    },
    { kind: "text", name: "label", label: "As it is printed" },
    { kind: "number", name: "value", label: "Value" },
    { kind: "text", name: "unit", label: "Unit" },
    { kind: "text", name: "source", label: "Source" },
    { kind: "text", name: "asOf", label: "As of which day or year" },
  ],
};

const correcting: Action = {
  type: "IssueCorrection",
  title: "Issue a correction",
  about: "A new version that says what changed and why. The old one stays readable.",
  button: "Issue the correction",
  grave: true,
  fields: [reason("What changed", "what"), reason("Why", "why")],
};

/** How a recommendation fares, as the service or the inspectorate sees it. */
export const trackingOf = (recommendations: Writing["recommendations"]): Action => ({
  type: "TrackRecommendation",
  title: "Say how a recommendation fares",
  button: "Record the progress",
  fields: [
    numbered(recommendations),
    {
      kind: "radios",
      name: "status",
      label: "Status",
      options: [
        { value: "not-started", text: "Not started" },
        { value: "in-progress", text: "In progress" },
        { value: "done", text: "Done" },
        { value: "not-accepted", text: "Not accepted" },
      ],
    },
    reason("Note", "note"),
  ],
});
