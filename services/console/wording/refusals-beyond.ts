/** Why something about a programme or a framework was refused, in words that say what to do. */

import { dateInWords } from "./dates.ts";
import { plain, personName } from "./names.ts";

export type Refusal = Readonly<Record<string, unknown>> & { readonly reason: string };
export type Sentence = (refusal: Refusal) => string;

export const list = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join(", ") : String(value);

const departuresSaid = (departures: unknown): string =>
  (departures as readonly Readonly<Record<string, string>>[])
    .map(({ rule = "", person, day }) =>
      [plain(rule).toLowerCase(), person && personName(person), day && dateInWords(day)]
        .filter(Boolean)
        .join(", "),
    )
    .join("; ");

export const beforeAnInspection = {
  UnknownProgramme: () => "There is no such programme. Open it first.",
  OutsideTheProgramme: ({ day }) => `${dateInWords(String(day))} lies outside the programme.`,
  NobodyToInspect: () => "Enrol the services first.",
  NobodyToInspectWith: () => "Register the inspectors first.",
  UnknownService: ({ service }) => `The programme has no service ${String(service)}.`,
  UnknownInspector: ({ inspector }) =>
    `${personName(String(inspector))} is not registered with the programme.`,
  NothingKeptFree: () => "No days are kept free of fieldwork.",
  UnknownBlackout: () => "No such days are kept free of fieldwork, so there is nothing to lift.",
  NotPlacedByAPerson: ({ service }) =>
    `Nobody fixed the place of ${String(service)} in the schedule, so there is nothing to release.`,
  PlacementImpossible: ({ departures }) =>
    `No reason could justify this placement: ${departuresSaid(departures)}.`,
  ServicesLeftOut: ({ services }) =>
    `These services are placed nowhere: ${list(services)}. Place or remove them first.`,
  InspectionAlreadyScheduled: ({ service }) =>
    `The inspection of ${String(service)} is scheduled: reschedule the inspection itself.`,
  UnknownFramework: ({ framework, known }) =>
    `There is no framework ${String(framework)}. Known are ${list(known)} and those that were adopted.`,
  BeforeTheFramework: ({ framework, announcement, from }) =>
    `“${String(framework)}” begins on ${dateInWords(String(from))}, and with these days the inspection would be ` +
    `announced on ${dateInWords(String(announcement))}. Choose later days, or a framework that is in force by then.`,
  UnknownPartner: ({ known }) =>
    (known as readonly string[]).length === 0
      ? "This framework has no partners: leave the partner out."
      : `Choose one of the framework’s partners: ${list(known)}.`,
  UnknownKind: ({ kind, known }) =>
    `The framework has no kind of inspection “${String(kind)}”. Choose one of its own: ${list(known)}.`,
  KindWithoutFramework: ({ kind }) =>
    `“${String(kind)}” is a kind of inspection, and no framework is named with it. Name the framework too.`,
  UnknownOffice: ({ known }) => `The framework has letters for these offices: ${list(known)}.`,
  UnknownPopulation: ({ population, known }) =>
    `“${String(population)}” is no population of this framework: those are ${list(known)}.`,
  UnknownRequest: ({ known }) => `The service was asked for ${list(known)}, and for nothing else.`,
  UnknownEvidenceKind: ({ known }) => `Choose one of the kinds of evidence ${list(known)}.`,
  UnknownSurvey: ({ survey, known }) =>
    `The framework has no survey “${String(survey)}”. Choose one of ${list(known)}.`,
  UnknownSection: ({ section, known }) =>
    `The report has no section “${String(section)}”. Its sections are ${list(known)}.`,
  FrameworkIsWithdrawn: ({ framework }) =>
    `${String(framework)} is withdrawn: no inspection is announced under it any more. Choose ` +
    "another framework; an inspection that was scheduled under it is cancelled and scheduled anew.",
  NoSuchFramework: ({ framework }) => `There is no framework ${String(framework)}.`,
  NotTheDocumentsId: ({ id }) => `The document’s own id is ${String(id)}. Adopt it under that id.`,
  DocumentChanged: ({ digest }) =>
    `The document is not the one that was checked: its digest is ${String(digest)}.`,
  FrameworkIdTaken: ({ framework }) =>
    `Another document has the id ${String(framework)}, and inspections may rest on it. ` +
    "Give the new one an id of its own, such as the next version’s.",
  DayNotPlausible: ({ day }) =>
    `${dateInWords(String(day))} is more than ten years away. Check the year.`,
} satisfies Readonly<Record<string, Sentence>>;
