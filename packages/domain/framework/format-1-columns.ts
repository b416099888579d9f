/** The columns of the case list and the facts of a case that documents of format 1 left unsaid. */
import type { Upcaster } from "../kernel/upcast.ts";
import type { CaseTally } from "./document-shape.ts";
import type { CaseFact, Column } from "./case-list-settings.ts";

const choice = (value: string, label: string, also: string) => ({
  value,
  label,
  ...(also && { also: also.split(" ") }),
});

const rare = { group: "other-or-unknown" } as const;

const notKnown = "notknown notrecorded notstated notassessed notavailable na nk none unassessed";

const levels = [
  choice("low", "Low", "l"),
  choice("medium", "Medium", "m med"),
  choice("high", "High", "h"),
  choice("very-high", "Very high", "vh"),
];

const recordedLevel = {
  type: {
    kind: "choice",
    values: [...levels, choice("unknown", "Unknown", notKnown)],
  },
  blank: "unknown",
} as const;

const also = (names: string) => ({ also: names.split(" ") });

/** In the order in which they are hashed. */
export const columnsOfFormat1: readonly Column[] = [
  {
    name: "ref",
    label: "Case reference",
    type: { kind: "text", most: 100 },
    purpose: "reference",
    ...also("ref case caseref caseid caseno casenumber reference"),
  },
  {
    name: "disposal",
    label: "Disposal type",
    type: {
      kind: "choice",
      values: [
        choice("referral-order", "Referral order", "ro referral referralorderro"),
        choice(
          "youth-rehabilitation-order",
          "Youth rehabilitation order",
          "yro youthrehabilitationorderyro",
        ),
        choice("reparation-order", "Reparation order", "reparation"),
        choice(
          "detention-and-training-order",
          "Detention and training order",
          "dto detentionandtrainingorderdto",
        ),
        choice("section-250", "Section 250", "s250 sec250"),
        choice(
          "other-custody",
          "Other custody",
          "custody othercustodial section250andothercustody section91 s91 section90 s90",
        ),
        choice(
          "youth-conditional-caution",
          "Youth conditional caution",
          "ycc conditionalcaution youthconditionalcautionycc",
        ),
        choice("youth-caution", "Youth caution", "yc caution"),
        choice("community-resolution", "Community resolution", "cr"),
        choice(
          "other",
          "Other out-of-court disposal",
          "otheroutofcourt otheroutofcourtdisposal otherooc othertype",
        ),
      ],
    },
    ...also(
      "disposal sentence sentencetype order ordertype outcome sentenceordisposal disposalororder",
    ),
  },
  {
    name: "disposalDay",
    label: "Disposal date",
    type: { kind: "day" },
    purpose: "day",
    ...also("disposalday date dateofdisposal sentencedate dateofsentence sentenceordisposaldate"),
  },
  {
    name: "gender",
    label: "Gender",
    type: {
      kind: "choice",
      values: [
        choice("female", "Female", "f girl woman"),
        choice("male", "Male", "m boy man"),
        {
          ...choice(
            "other",
            "Other",
            "nonbinary x trans transgender indeterminate selfdescribed intersex another",
          ),
          ...rare,
        },
        { ...choice("unknown", "Unknown", `${notKnown} prefernottosay u`), ...rare },
      ],
    },
    blank: "unknown",
    ...also("sex"),
  },
  {
    name: "ageBand",
    label: "Age band",
    type: { kind: "text", most: 40 },
    blank: "unknown",
    ...also("age agegroup agerange"),
  },
  {
    name: "ethnicity",
    label: "Ethnicity",
    type: { kind: "text", most: 100 },
    blank: "unknown",
    ...also("ethnicgroup ethnicorigin ethnicbackground"),
  },
  {
    name: "rosh",
    label: "RoSH",
    ...recordedLevel,
    ...also(
      "roshlevel roshclassification riskofseriousharm riskofseriousharmlevel riskofharm " +
        "riskofseriousharmrosh riskofseriousharmclassification",
    ),
  },
  {
    name: "safety",
    label: "Safety and wellbeing",
    ...recordedLevel,
    ...also(
      "safety safetyclassification safetyandwellbeingclassification safetywellbeing " +
        "safetyandwellbeinglevel safetywellbeingclassification snw safetyandwellbeingconcerns",
    ),
  },
  {
    name: "manager",
    label: "Case manager",
    type: { kind: "text", most: 100 },
    purpose: "worker",
    blank: "",
    ...also(
      "manager casemanagerref casemanagerreference officer caseholder allocatedworker worker",
    ),
  },
  {
    name: "child",
    label: "Child reference",
    type: { kind: "text", most: 100 },
    purpose: "person",
    ...also("child childref childid youngperson youngpersonid youngpersonref ypid ypref"),
  },
  {
    name: "restricted",
    label: "Restricted",
    type: { kind: "yes-no" },
    purpose: "restricted",
    ...also("restrictedflag restrictedrecord isrestricted lao"),
  },
  {
    name: "workStarted",
    label: "Work started",
    type: { kind: "yes-no" },
    purpose: "started",
    ...also("workstartedflag workbegun workbegan started hasworkstarted workcommenced"),
  },
];

export const caseFactsOfFormat1: readonly CaseFact[] = [
  {
    name: "inspectorRosh",
    label: "Your own level of risk to other people",
    type: { kind: "choice", values: levels },
  },
  {
    name: "inspectorSafety",
    label: "Your own level of risk to the child",
    type: { kind: "choice", values: levels },
  },
  {
    name: "childSafetyFactors",
    label: "Are there factors related to keeping the child safe?",
    type: { kind: "yes-no" },
  },
  {
    name: "desistanceChanged",
    label: "Did desistance factors change during supervision?",
    type: { kind: "yes-no" },
  },
  {
    name: "safetyChanged",
    label: "Did factors for the child’s safety change?",
    type: { kind: "yes-no" },
  },
  {
    name: "harmChanged",
    label: "Did factors for other people’s safety change?",
    type: { kind: "yes-no" },
  },
];

/** Facts of the first version said of each whether it was reasonable. */
export const caseTalliesOfFormat1: readonly CaseTally[] = [
  {
    name: "rosh",
    label: "Risk of serious harm",
    wording: "Was its risk of serious harm level reasonable?",
    answers: ["Yes", "No"],
  },
  {
    name: "safety",
    label: "Safety and wellbeing",
    wording: "Was its safety and wellbeing classification reasonable?",
    answers: ["Yes", "No"],
  },
];

/** A judgement of that time as the answer to one of these questions. */
export const tallyByName: Upcaster["up"] = ({ reasonable, ...data }) => ({
  ...data,
  answer: reasonable === true ? "Yes" : "No",
});
