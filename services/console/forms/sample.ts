/** What is done about a sample: drawn, told to the service; interviews booked, cases replaced. */
import { ReplacementReason } from "@assay/domain/announcement/events.ts";
import { replacementInWords } from "@assay/domain/audit/explain-words.ts";
import { capitalised } from "@assay/domain/kernel/wording.ts";

import type { Held } from "../reading/held.ts";
import { personName } from "../wording/names.ts";
import {
  area,
  choices,
  date,
  form,
  type Form,
  given,
  group,
  number,
  reason,
  select,
  text,
} from "./form.ts";

export const sampleForms = (held: Held): readonly Form[] => [
  ...beforeTheDraw(held),
  ...afterTheDraw(held),
];

const beforeTheDraw = ({
  announcement: { beacon, briefing, overrides = {} },
}: Held): readonly Form[] => [
  form({
    type: "DrawSample",
    title: "Draw the sample",
    about:
      "The sizes follow from the rules; which cases are drawn follows from the list and the " +
      "secret number, and on the beacon's value where one was named. The secret number is " +
      "revealed at once.",
    button: "Draw the sample",
    first: true,
    says: beacon
      ? {
          beacon: text(`Value of the beacon, round ${beacon.round}`, {
            hint: "The round's signature as the network publishes it: 96 hexadecimal digits.",
            missing: "Enter the value of the beacon",
            needed: true,
          }),
        }
      : {},
  }),
  form({
    type: "NameBeacon",
    title: "Have the seed take in a public value",
    about:
      "The value of a later round of drand's beacon, which nobody can know or choose. It has " +
      "to be named before the list comes.",
    button: "Name the beacon",
    says: { source: given("drand-quicknet" as const) },
  }),
  form({
    type: "SetSampleSizes",
    title: "Set other sizes of the sample",
    about:
      "An exception, which the certificate and the report print with its reason. Leave blank what " +
      "its rule decides. Once the list is in, the secret number is chosen anew.",
    button: "Set the sizes",
    says: {
      overrides: Object.fromEntries(
        (briefing.framework?.populations ?? []).map(({ name, label }) => [
          name,
          group(label, {
            size: number("Cases in the sample", {
              width: 3,
              ...(overrides[name] && { value: String(overrides[name].size) }),
            }),
            reason: area("Why", { rows: 2, value: overrides[name]?.reason ?? "" }),
          }),
        ]),
      ),
    },
  }),
  form({
    type: "ReturnCaseList",
    title: "Return the list to the service",
    about: "A new commitment is made. The certificate and the report say so.",
    button: "Return the list",
    says: { reason: reason("What is wrong with it") },
  }),
];

const afterTheDraw = ({ announcement: { briefing, proposed } }: Held): readonly Form[] => {
  const cases = select("Case", choices([...briefing.sample.keys()], String));
  const worker = briefing.framework?.words.worker.one ?? "worker";
  return [
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
      title: `Book an interview with the ${worker} of a case`,
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
      about:
        "The next reserve of the nearest profile takes its place. If the case has answers, the " +
        "head of programme has to approve.",
      button: "Replace the case",
      says: {
        case: cases,
        reason: select("Reason", [
          { value: "", text: "Choose a reason" },
          ...choices(ReplacementReason.options, (why) => capitalised(replacementInWords[why])),
        ]),
        note: area("Note"),
      },
    }),
    ...[...proposed.values()].map(({ case: id, by }) =>
      form({
        type: "ApproveReplacement",
        id,
        subject: { case: id },
        title: `Case ${id} has answers: approve that it leaves the sample`,
        about: `${personName(by.id)} proposes it. Its answers stay on record, and do not count.`,
        button: "Approve",
        says: { case: given(id) },
      }),
    ),
  ];
};
