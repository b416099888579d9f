/** What is done about a sample: drawn, told to the service; interviews booked, cases replaced. */
import { ReplacementReason } from "@assay/domain/announcement/events.ts";

import type { Held } from "../reading/held.ts";
import { personName, plain } from "../wording/names.ts";
import { area, choices, date, form, type Form, reason, select } from "./form.ts";

export const sampleForms = ({ announcement: { briefing } }: Held): readonly Form[] => {
  const cases = select("Case", choices([...briefing.sample.keys()], String));
  return [
    form({
      type: "DrawSample",
      title: "Draw the sample",
      about:
        "The sizes follow from the rules; which cases are drawn follows from the list and the " +
        "secret number alone. The number is revealed at once.",
      button: "Draw the sample",
      first: true,
      says: {},
    }),
    form({
      type: "ReturnCaseList",
      title: "Return the list to the service",
      button: "Return the list",
      says: { reason: reason("What is wrong with it") },
    }),
    form({
      type: "NotifySample",
      title: "Notify the service",
      about: "Check the balance first. The service then knows which cases to prepare.",
      button: "The sample is checked: notify the service",
      first: true,
      says: {},
    }),
    form({
      type: "BookInterview",
      title: "Book an interview with a case manager",
      button: "Book the interview",
      says: {
        case: cases,
        day: date("Day"),
        with: select(
          "Inspector",
          choices(
            briefing.team.map(({ person }) => person),
            personName,
          ),
        ),
      },
    }),
    form({
      type: "ReplaceCase",
      title: "Replace a case that cannot be assessed",
      about: "The next reserve of the nearest profile takes its place.",
      button: "Replace the case",
      says: {
        case: cases,
        reason: select("Reason", [
          { value: "", text: "Choose a reason" },
          ...choices(ReplacementReason.options, plain),
        ]),
        note: area("Note"),
      },
    }),
  ];
};
