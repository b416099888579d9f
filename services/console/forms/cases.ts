/** What is done about cases: given to those who assess them, looked at, marked again, erased. */
import { ErasureGround } from "@assay/domain/announcement/erasure/events.ts";
import type { CaseFile } from "@assay/domain/briefing/case-file.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import type { Held } from "../reading/held.ts";
import type { Viewer } from "../reading/viewer.ts";
import { plain, personName } from "../wording/names.ts";
import {
  area,
  checkboxes,
  choices,
  form,
  type Form,
  given,
  reason,
  select,
  unasked,
} from "./form.ts";

/** Cases that are nobody's yet. */
export const unallocated = ({ fieldwork }: Held): readonly CaseId[] =>
  [...fieldwork.briefing.sample.keys()].filter((id) => !fieldwork.allocation.has(id));

export const casesForms = (viewer: Viewer, held: Held): readonly (Form | false)[] => {
  const { fieldwork } = held;
  const { team } = fieldwork.briefing;
  const done = [...fieldwork.files].filter(
    ([, { status, second }]) => ["completed", "confirmed"].includes(status) && !second,
  );
  const left = unallocated(held);
  const read = [...fieldwork.files].filter(([, { status }]) => status === "completed");
  return [
    left.length > 0 &&
      form({
        type: "AllocateCase",
        id: "evenly",
        title: `Allocate the ${left.length} cases that are nobody’s yet`,
        about: "They are dealt out in turn. Each can be given to somebody else afterwards.",
        button: "Allocate evenly",
        first: true,
        says: {
          case: unasked,
          to: checkboxes(
            "Among",
            team.map(({ person, role }) => ({
              value: person,
              text: personName(person),
              checked: role !== "lead-inspector",
            })),
            { missing: "Choose who assesses" },
          ),
        },
      }),
    read[0] !== undefined &&
      form({
        type: "ConfirmAssessment",
        id: "several",
        subject: { case: read[0][0] },
        title: "Confirm assessments that you have read",
        about: "The lead stands behind every judgement in them.",
        button: "Confirm them",
        first: true,
        says: {
          case: checkboxes(
            "Which have you read?",
            read.map(([id, file]) => ({ value: id, text: assessed(held, id, file) })),
          ),
        },
      }),
    done.length > 0 &&
      form({
        type: "AssignSecondMarking",
        title: "Have a case marked a second time",
        about: "The second marker does not see the first marking before they have finished.",
        button: "Assign the second marking",
        says: {
          case: select(
            "Case",
            choices(
              done.map(([id]) => id),
              String,
            ),
          ),
          to: select("Second marker", [
            ...(viewer.kind === "person" ? [{ value: viewer.actor.id, text: "Me" }] : []),
            ...team.map(({ person }) => ({ value: person, text: personName(person) })),
          ]),
        },
      }),
  ];
};

/** Whose it is, and what of it deserves a second look. */
const assessed = ({ fieldwork }: Held, id: CaseId, { flags }: CaseFile): string => {
  const by = fieldwork.allocation.get(id);
  const unusual = flags.length === 0 ? "" : `, with ${flags.length} unusual answers`;
  return `${id}${by ? `, assessed by ${personName(by)}` : ""}${unusual}`;
};

export const caseForms = (held: Held, id: CaseId) => {
  const { fieldwork } = held;
  const assessor = fieldwork.allocation.get(id);
  const others = fieldwork.briefing.team.filter(({ person }) => person !== assessor);
  const subject = { case: id };
  return [
    form({
      type: "ConfirmAssessment",
      subject,
      title: "Confirm the assessment",
      about: "The lead stands behind every judgement in it.",
      button: "Confirm the assessment",
      first: true,
      says: { case: unasked },
    }),
    form({
      type: "ReviewAssessment",
      subject,
      title: "Look at the assessment and leave it as it is",
      button: "I have looked at it",
      says: { case: unasked, note: area("Note") },
    }),
    form({
      type: "ReturnAssessment",
      subject,
      title: "Return it to the assessor",
      button: "Return the assessment",
      says: { case: unasked, reason: reason("What is to be looked at again") },
    }),
    form({
      type: "ReopenAssessment",
      subject,
      title: "Open the assessment again",
      button: "Open it again",
      says: { case: unasked, reason: reason() },
    }),
    others.length > 0 &&
      form({
        type: "AllocateCase",
        subject,
        title: assessor ? "Give the case to somebody else" : "Allocate the case",
        button: "Allocate the case",
        says: {
          case: unasked,
          to: select(
            "To",
            choices(
              others.map(({ person }) => person),
              personName,
            ),
          ),
          ...(assessor && { reason: reason("Reason", { needed: true }) }),
        },
      }),
    erasing(id),
  ];
};

const erasing = (id: CaseId): Form =>
  form({
    type: "EraseCase",
    subject: { of: id },
    title: "Erase what was written about this case",
    about:
      "Every word about it is destroyed for ever, its row in the case list included. What was " +
      "judged stays, without its words.",
    button: "Erase the words",
    grave: true,
    says: {
      of: given(id),
      ground: select("Ground in law", [
        { value: "", text: "Choose a ground" },
        ...choices(ErasureGround.options, plain),
      ]),
      reason: reason(),
    },
  });
