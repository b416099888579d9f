/** What the panel does: convened, each standard considered and decided, concluded, sat again. */
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import { gradesOf } from "@assay/domain/framework/scale.ts";
import {
  caseRulesOf,
  type Judged,
  judgedByPeople,
  scaleNamed,
  scaleOf,
} from "@assay/domain/framework/standards.ts";
import type { Standard } from "@assay/domain/framework/standard.ts";
import type { PersonId } from "@assay/domain/kernel/ids.ts";
import { movesAllowed } from "@assay/domain/ratings/moved.ts";
import { limitOn, overallLimitIn } from "@assay/domain/panel/conclude.ts";
import { isRecused, type PanelState } from "@assay/domain/panel/state.ts";

import { owedOn } from "../reading/board.ts";
import { boardIn } from "../reading/derived.ts";
import type { Held } from "../reading/held.ts";
import type { Person } from "../reading/people.ts";
import { checkboxes, choices, form, type Form, given, radios, reason, select } from "./form.ts";
import { scoreForms } from "./scores.ts";
import { personName } from "../wording/names.ts";

export const panelForms = (
  { panel }: Held,
  people: readonly Person[],
  keeping: readonly Keeping[],
): readonly (Form | false)[] => {
  const { quorum } = panel.briefing.framework?.ruleset.panel ?? {};
  const sitting = people.filter(
    ({ actor: { role } }) => role === "panel-chair" || role === "panel-member",
  );
  const options = sitting.map(({ actor, name }) => ({ value: actor.id, text: name }));
  return [
    form({
      type: "ConvenePanel",
      title: "Convene the panel",
      button: "Convene the panel",
      first: true,
      says: {
        members: checkboxes("Members", options, {
          hint: `At least ${quorum ?? 3}, and nobody who worked on the inspection`,
          missing: "Select the members of the panel",
        }),
        chair: select("Chair", options),
      },
    }),
    form({
      type: "HandOverChair",
      title: "Hand over the chair",
      button: "Hand over the chair",
      says: {
        to: select(
          "New chair",
          choices(
            panel.members.filter((each) => each !== panel.chair && !isRecused(panel, each)),
            personName,
          ),
        ),
        reason: reason(),
      },
    }),
    form({
      type: "ConcludePanel",
      title: "Conclude the panel",
      button: "Conclude the ratings",
      first: true,
      says: { present: present(panel.members) },
    }),
    keeping.length > 0 && decliningSeveral(panel, keeping),
    ...laterForms(panel),
  ];
};

/** A standard on which discretion may be declined, and the rating that it then keeps. */
export type Keeping = { readonly code: string; readonly label: string; readonly rule?: string };

const decliningSeveral = ({ members }: PanelState, keeping: readonly Keeping[]): Form =>
  form({
    type: "DeclineDiscretion",
    id: "several",
    subject: { standard: keeping[0]?.code ?? "" },
    title: "Decline discretion on several standards for one reason",
    button: "Keep their ratings",
    says: {
      standard: checkboxes(
        "On which standards?",
        keeping.map(({ code, label, rule }) => ({
          value: code,
          text: `${code} ${label}: ${rule} stays`,
        })),
      ),
      reason: reason(),
      present: present(members),
    },
  });

/** What follows once the panel has concluded. */
const laterForms = (panel: PanelState): readonly Form[] => [
  form({
    type: "ReconvenePanel",
    title: "Reconvene the panel",
    button: "Reconvene the panel",
    says: {
      standards: checkboxes(
        "Standards to decide anew",
        standardsOf(panel.briefing).map(({ code, label }) => ({
          value: code,
          text: `${code} ${label}`,
        })),
        { hint: "The others stand.", missing: "Select the standards to decide anew" },
      ),
      reason: reason(),
    },
  }),
  form({
    type: "DecideOverall",
    title: "Decide the overall rating",
    about: overallAbout(panel),
    button: "Decide",
    first: true,
    says: {
      overall: radios(
        "Overall rating",
        [
          ...choices(upTo(overallGrades(panel), overallLimit(panel)), String),
          { value: " ", text: "No overall rating" },
        ],
        { needed: true, missing: "Select the overall rating, or none" },
      ),
      reason: reason(),
    },
  }),
];

/** Attendance, not a judgement: everybody is there until somebody is said to be away. */
const present = (members: readonly PersonId[]) =>
  checkboxes(
    "Present",
    members.map((member) => ({ value: member, text: personName(member), checked: true })),
    { missing: "Select who is present" },
  );

const rating = (grades: readonly string[], label = "Rating") =>
  radios(label, choices(grades, String), { missing: "Select a rating" });

const overallLimit = (panel: PanelState): string | undefined =>
  panel.concluded.length > 0 ? overallLimitIn(panel) : undefined;

const overallAbout = (panel: PanelState): string =>
  [
    "People decide it, or it is withheld because a standard is not rated.",
    limitInWords(overallLimit(panel)),
  ]
    .filter((each) => each !== undefined)
    .join(" ");

const overallGrades = ({ briefing: { framework } }: Held["panel"]): readonly string[] =>
  framework?.overall ? gradesOf(scaleNamed(framework, framework.overall.scale)) : [];

/** The grades of what is decided, the lowest first. */
const gradesFor = ({ panel: { briefing } }: Held, code: string): readonly string[] => {
  const scale = briefing.framework && scaleOf(briefing.framework, code);
  return scale ? gradesOf(scale) : [];
};

/** Those that the limits leave. */
const upTo = (grades: readonly string[], atMost: string | undefined): readonly string[] =>
  atMost === undefined ? grades : grades.slice(0, grades.indexOf(atMost) + 1);

const limitInWords = (atMost: string | undefined): string | undefined =>
  atMost && `With the ratings that there are, its limits leave it no better than ${atMost}.`;

export const standardForms = (held: Held, standard: Standard, viewer: PersonId) => ({
  decide: decidingForms(held, standard),
  scores: scoreForms(held, standard.code, rating(gradesFor(held, standard.code))),
  voice: voiceForms(held, standard, viewer),
});

const sittingOn = ({ panel }: Held, code: string): readonly PersonId[] =>
  panel.members.filter((member) => !isRecused(panel, member, code));

/** What people judge: the standard as a whole, or one of the key questions that it is made of. */
const peopleDecide = (held: Held, judged: Judged): Form => {
  const { code, label, standard } = judged;
  const atMost = limitOn(judged, held.panel);
  const about = limitInWords(atMost);
  const proposed = held.panel.proposals.get(code);
  const needed = "Needed when the rating is not the one proposed";
  return form({
    type: "DecideDomainOne",
    ...(code !== standard.code && { id: code }),
    subject: { standard: code },
    title: code === standard.code ? "Decide the rating" : `Decide the rating of ${code} ${label}`,
    button: "Decide the rating",
    ...(about && { about }),
    first: owedOn(held.panel, code) === "domain-one",
    says: {
      standard: given(code),
      rating: rating(upTo(gradesFor(held, code), atMost)),
      reason: reason("Reason", { hint: proposed ? `${needed}, ${proposed}.` : `${needed}.` }),
      present: present(sittingOn(held, code)),
    },
  });
};

const decidingForms = (held: Held, rated: Standard) => {
  const { code, judged } = rated;
  const board = rated.judged === "by-cases" ? boardIn(rated, held.panel) : undefined;
  const rule = board?.rule;
  const { framework } = held.panel.briefing;
  const moves = board && framework ? movesAllowed(board, caseRulesOf(framework, rated)) : [];
  const subject = { standard: code };
  const owed = owedOn(held.panel, code);
  const standard = given(code);
  const who = present(sittingOn(held, code));
  return [
    ...(framework ? judgedByPeople(framework, rated) : []).map((each) => peopleDecide(held, each)),
    judged !== "by-people" &&
      form({
        type: "ConsiderStandard",
        subject,
        title: "Record that these numbers were considered",
        button: "Record that these numbers were considered",
        first: owed === "consideration",
        says: { standard, present: who },
      }),
    judged === "by-cases" &&
      form({
        type: "ExerciseDiscretion",
        subject,
        title: "Exercise discretion",
        first: owed === "discretion",
        button: "Move the rating",
        says: {
          standard,
          to: rating(moves, "New rating"),
          reason: reason("Reason, published with the rating", { missing: "Enter a reason" }),
          present: who,
        },
      }),
    judged === "by-cases" &&
      form({
        type: "DeclineDiscretion",
        subject,
        title: "Decline discretion",
        first: owed === "discretion",
        button: `Keep ${rule ?? "the rating by the rule"}`,
        says: { standard, reason: reason(), present: who },
      }),
  ];
};

const voiceForms = (held: Held, voiced: Standard, viewer: PersonId): readonly Form[] => {
  const { code } = voiced;
  const possible = upTo(gradesFor(held, code), limitOn({ standard: voiced, code }, held.panel));
  const subject = { standard: code };
  const standard = given(code);
  return [
    form({
      type: "CastVote",
      subject,
      title: "Vote",
      button: "Cast my vote",
      says: { standard, rating: rating(possible) },
    }),
    form({
      type: "RecordDissent",
      subject,
      title: "Record a dissent",
      button: "Record my dissent",
      says: { standard, reason: reason("Why I disagree", { missing: "Enter a reason" }) },
    }),
    form({
      type: "RecuseMember",
      subject,
      title: "Declare a conflict of interest",
      button: "Record the recusal",
      says: {
        standards: [given(code)],
        member: select(`Who takes no part in ${code}`, choices(sittingOn(held, code), personName), {
          value: viewer,
        }),
        reason: reason("The conflict of interest", {
          missing: "Say what the conflict of interest is",
        }),
      },
    }),
  ];
};
