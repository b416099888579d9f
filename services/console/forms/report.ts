/** What is done about a report: written, shared, answered, signed, timed, corrected, tracked. */
import { dayInEngland, timeInEngland } from "@assay/domain/kernel/instants.ts";
import type { ItemId } from "@assay/domain/kernel/ids.ts";
import type { Section } from "@assay/domain/publication/events.ts";

import type { Held } from "../reading/held.ts";
import {
  area,
  brief,
  checkboxes,
  choices,
  form,
  type Form,
  given,
  moment,
  number,
  radios,
  reason,
  select,
  text,
} from "./form.ts";

type Numbered = readonly { readonly number: number }[];

export type Writing = {
  /** How many findings somebody gave a reason for. */
  readonly excused: number;
  readonly recommendations: Numbered;
  /** Comments that still want an answer. */
  readonly comments: readonly { readonly comment: ItemId; readonly words: string }[];
};

export const reportForms = (held: Held, writing: Writing): readonly (Form | false)[] => {
  const { recommendations } = writing;
  return [
    ...writing.comments.map((each) => answering(each, held)),
    form({
      type: "SendDraft",
      title: "Send the draft to the service",
      about: "The service then has ten working days to comment on its facts.",
      button: "Send the draft",
      first: true,
      says: {},
    }),
    form({
      type: "CloseFactualAccuracy",
      title: "Close the factual-accuracy round",
      button: "Close the round",
      first: writing.comments.length === 0,
      says: {},
    }),
    signing(writing),
    embargo(held),
    changing(held),
    form({
      type: "WithdrawSignOff",
      title: "Withdraw the sign-off",
      button: "Withdraw the sign-off",
      grave: true,
      says: { reason: reason() },
    }),
    form({
      type: "AcceptActionPlan",
      title: "Accept the action plan",
      button: "Accept the action plan",
      first: true,
      says: {},
    }),
    form({
      type: "ReturnActionPlan",
      title: "Return the action plan",
      button: "Return the action plan",
      says: { reason: reason("What is missing") },
    }),
    recommending(held),
    recommendations.length > 0 &&
      form({
        type: "WithdrawRecommendation",
        title: "Withdraw a recommendation",
        button: "Withdraw the recommendation",
        says: { number: numbered(recommendations), reason: reason() },
      }),
    figure,
    form({
      type: "IssueCorrection",
      title: "Issue a correction",
      about: "A new version that says what changed and why. The old one stays readable.",
      button: "Issue the correction",
      grave: true,
      says: { what: area("What changed"), why: area("Why") },
    }),
    recommendations.length > 0 && trackingOf(recommendations),
    held.publication.unreleased.size > 0 && releasing(held),
  ];
};

export const sectionForm = (section: Section, markdown: string): Form =>
  form({
    type: "DraftSection",
    title: "Write the section",
    button: "Save the section",
    bare: true,
    first: true,
    also: { name: "_preview", text: "Preview" },
    says: {
      section: given(section),
      markdown: area("Text in Markdown", {
        hint:
          "Tables, ratings and the methodology annexe are made from the facts and never typed. " +
          "Refer to a figure or a rating, such as {{2.1.2 percent}}, and it is filled in.",
        rows: 20,
        value: markdown,
      }),
    },
  });

type Finding = {
  readonly place: string;
  readonly excusable: { readonly check: "name" | "figure"; readonly words: string };
};

export const excusing = ({ place, excusable: { check, words } }: Finding, id: string): Form =>
  form({
    type: "ExcuseFinding",
    id,
    title: `Say why “${words}” may stand`,
    button: "Record the reason",
    says: {
      check: given(check),
      place: given(place),
      words: given(words),
      reason: reason(`Why “${words}” may stand here`, {
        hint: "Such as: it is a place. Whoever signs the report reads this.",
        missing: `Say why “${words}” may stand here`,
        rows: 2,
      }),
    },
  });

const signing = ({ excused }: Writing): Form =>
  form({
    type: "SignOffReport",
    title: "Sign the report off",
    about:
      "You have read it and stand behind it. Whoever wrote part of it cannot sign." +
      (excused === 0
        ? ""
        : ` Exceptions to the checks, under Checks with their reasons: ${excused}.`),
    button: "Sign the report off",
    first: true,
    says: {},
  });

const answering = ({ comment, words }: Writing["comments"][number], { panel }: Held): Form =>
  form({
    type: "AnswerComment",
    id: comment,
    subject: { comment },
    title: `Answer: ${brief(words)}`,
    about: words,
    button: "Answer the comment",
    first: true,
    says: {
      comment: given(comment),
      outcome: radios("Outcome", [
        { value: "accepted", text: "Accepted" },
        { value: "partly-accepted", text: "Partly accepted" },
        { value: "not-accepted", text: "Not accepted" },
      ]),
      standards: checkboxes(
        "Standards whose judgements the corrected fact touches",
        choices(
          panel.concluded.map(({ standard }) => standard),
          String,
        ),
        { hint: "The panel then decides these anew. Usually none.", inline: true },
      ),
      answer: area("Answer"),
    },
  });

const publishing = (value: string) =>
  moment("When it is published", {
    hint: "A day and a time by the clocks of England, such as 24 5 2027 at 00:01",
    missing: "Enter the day and the time of publication",
    value,
  });

/** Copies that can be named at once. */
const copies = 4;

const embargo = ({ publication }: Held): Form => {
  const { timetable, framework } = publication.briefing;
  const time = framework?.ruleset.report.publicationTime ?? "00:01";
  return form({
    type: "SetEmbargo",
    title: "Set the embargo",
    about:
      "The report appears by itself at this moment. Copies are released by themselves three working " +
      "days before, each marked with the name of who gets it; somebody then hands them over.",
    button: "Set the embargo",
    first: true,
    says: {
      publishAt: publishing(`${timetable?.publication ?? ""}T${time}`),
      recipients: Array.from({ length: copies }, (_, place) => ({
        body: text(`Copy ${place + 1}: body`),
        name: text(`Copy ${place + 1}: name`),
      })),
    },
  });
};

const changing = ({ publication: { publishAt } }: Held): Form =>
  form({
    type: "ChangeEmbargo",
    title: "Change the moment of publication",
    button: "Change the moment",
    says: {
      publishAt: publishing(
        publishAt ? `${dayInEngland(publishAt)}T${timeInEngland(publishAt)}` : "T00:01",
      ),
      reason: reason(),
    },
  });

/** A number that was withdrawn is never given again. */
const recommending = ({ publication: { recommendations } }: Held): Form =>
  form({
    type: "MakeRecommendation",
    title: "Make a recommendation",
    button: "Make the recommendation",
    says: {
      number: given(Math.max(0, ...recommendations.keys()) + 1),
      addressee: text("To which body", { missing: "Enter the body that it is made to" }),
      wording: area("What it should do"),
    },
  });

const numbered = (recommendations: Numbered) =>
  select(
    "Recommendation",
    recommendations.map((each) => ({
      value: String(each.number),
      text: `Recommendation ${each.number}`,
    })),
  );

const figure = form({
  type: "RecordContextualFact",
  title: "Record a contextual figure",
  about: "Every figure is printed with its source and its day.",
  button: "Record the figure",
  says: {
    name: text("Short name", {
      hint: "Letters only, such as firstTimeEntrants; the same name again replaces the figure",
      width: 20,
    }),
    label: text("As it is printed", { missing: "Enter the figure’s name as it is printed" }),
    value: number("Value", { width: 10 }),
    unit: text("Unit", { width: 10 }),
    source: text("Source"),
    asOf: text("As of which day or year", {
      missing: "Enter the day or the year of the figure",
      width: 10,
    }),
  },
});

const releasing = ({ publication: { unreleased } }: Held): Form =>
  form({
    type: "ReleaseProgress",
    title: "Release what the service says of a recommendation",
    about: "It stands at the recommendation, marked as not public yet.",
    button: "Let the public read it",
    says: { number: numbered([...unreleased.keys()].map((number) => ({ number }))) },
  });

/** How a recommendation fares, as the service or the inspectorate sees it. */
export const trackingOf = (recommendations: Numbered): Form =>
  form({
    type: "TrackRecommendation",
    title: "Say how a recommendation fares",
    button: "Record the progress",
    says: {
      number: numbered(recommendations),
      status: radios("Status", [
        { value: "not-started", text: "Not started" },
        { value: "in-progress", text: "In progress" },
        { value: "done", text: "Done" },
        { value: "not-accepted", text: "Not accepted" },
      ]),
      note: area("Note"),
    },
  });
