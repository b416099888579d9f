/** Reminders and letters in words: whom each is for, what it is about, by when, and whom to ask. */
import type { InspectionEvent } from "../announcement/events.ts";
import { isInspectionEvent } from "../announcement/events.ts";
import { briefedBy, leadOf, requestInWords, unbriefed } from "../briefing/inspection.ts";
import type { AnyFact } from "../facts.ts";
import { words } from "../kernel/fact.ts";
import type { InspectionId } from "../kernel/ids.ts";
import { type Day, dayInEngland, type Instant } from "../kernel/instants.ts";
import { capitalised, dayInWords, momentInWords, personName } from "../kernel/wording.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { caseListTemplate } from "../sampling/template.ts";
import { lettersTold } from "../tracking/announcement.ts";
import { placeOf } from "../tracking/place.ts";
import { changeTold } from "./changes.ts";
import type { LetterCalled, RemindedOf, ReminderEvent } from "./events.ts";
import { toldBy } from "./letters.ts";

type Called = Extract<ReminderEvent, { type: "ReminderCalled" }>;

export type Around = {
  /** What whoever gets it is called; undefined where nobody knows. */
  readonly addressee: string | undefined;
  /** The service that is inspected, by its name. */
  readonly service: string;
  /** Where people find the console; without it nothing is linked. */
  readonly url: string | undefined;
  /** Where answers go. */
  readonly contact: string;
  /** When it goes out. */
  readonly now: Instant;
};

export const subjectOf = (service: string, { items }: Called, now: Instant): string => {
  const late = items.filter(({ due }) => due < now).length;
  const soon = items.length - late;
  const counts = [...(late > 0 ? [`${late} late`] : []), ...(soon > 0 ? [`${soon} due soon`] : [])];
  return `Inspection of ${service}: ${counts.join(", ")}`;
};

/** Working days that whoever is late is given from the day of the letter. */
const more = 2;

const newDay = (now: Instant): string => dayInWords(addWorkingDays(dayInEngland(now), more));

export const letterOf = (inspection: InspectionId, called: Called, around: Around): string => {
  const { items, to } = called;
  const { addressee, service, url, contact, now } = around;
  const line = (words: (day: string) => string) => (item: RemindedOf) => [
    `- ${item.what}: ${words(dayInWords(dayInEngland(item.due)))}.`,
    ...(url === undefined ? [] : [`  ${url}${placeOf(inspection, item.key, to.role)}`]),
  ];
  const wasDue = (day: string) => `this was due by ${day}. Please do it by ${newDay(now)}`;
  const late = items.filter(({ due }) => due < now).flatMap(line(wasDue));
  const soon = items
    .filter(({ due }) => due >= now)
    .flatMap(line((day) => `please do this by ${day}`));
  return [
    `Dear ${addressee ?? "colleague"},`,
    "",
    `This is still to be done for the inspection of ${service}.`,
    ...(late.length > 0 ? ["", "LATE", ...late] : []),
    ...(soon.length > 0 ? ["", "DUE SOON", ...soon] : []),
    "",
    `Questions? Answer this letter: your answer goes to ${contact}.`,
    "",
  ].join("\n");
};

type Enclosing = Pick<Around, "url" | "now"> & {
  /** Where answers go; undefined where somebody hands the letter over. */
  readonly contact: string | undefined;
  /** What the address book calls whoever gets it. */
  readonly addressee: string | undefined;
  /** How the copy comes: by its link, or with the letter. */
  readonly copy: { readonly link: string } | "enclosed" | undefined;
  /** Where the public reads, ending with a slash. */
  readonly site: string | undefined;
};

type Written = {
  readonly subject: string;
  readonly text: string;
  readonly enclosed: readonly { readonly name: string; readonly content: string }[];
};

/** A letter as it goes out, from every fact of the inspection before it. */
export const writtenLetter = (
  inspection: InspectionId,
  letter: LetterCalled,
  facts: readonly AnyFact[],
  around: Enclosing,
): Written => {
  const own = facts.filter(isInspectionEvent);
  if (letter.about === "announcement") return announcing(letter, own);
  const briefing = own.reduce(briefedBy, unbriefed);
  const service = briefing.service?.name ?? inspection;
  const name = recipientOf(letter, facts)?.name ?? around.addressee;
  const lead = leadOf(briefing);
  const ask = [
    ...(lead ? [`Ask ${personName(lead)}, who leads the inspection`] : []),
    ...(around.contact ? [`answer this letter: your answer goes to ${around.contact}`] : []),
  ].join(", or ");
  const told = tellings[letter.about]({ inspection, letter, facts, around, service, briefing });
  const paragraphs = [
    `Dear ${name ?? `colleagues at ${service}`},`,
    ...told.paragraphs,
    ...(ask === "" ? [] : [`Questions? ${capitalised(ask)}.`]),
  ];
  return { subject: told.subject, text: `${paragraphs.join("\n\n")}\n`, enclosed: [] };
};

/** Whom the announcement or the embargo names at that place; undefined for the service itself. */
export const recipientOf = (
  { to: { office, place } }: Pick<LetterCalled, "to">,
  facts: readonly AnyFact[],
): { readonly name: string | undefined; readonly body: string | undefined } | undefined => {
  if (place === undefined) return undefined;
  if (office !== undefined) {
    const announced = facts.find((fact) => fact.type === "InspectionAnnounced");
    const named = announced?.recipients[place - 1];
    return named && { name: words(named.text)?.name, body: undefined };
  }
  const set = facts.findLast((fact) => fact.type === "EmbargoSet");
  const named = set?.recipients[place - 1];
  return named && { name: words(named.text)?.name, body: named.body };
};

/** The letter whose digest is recorded; with the list to fill in for whom it asks for one. */
const announcing = ({ to }: LetterCalled, own: readonly InspectionEvent[]): Written => {
  const told = lettersTold(own)[(to.place ?? 1) - 1];
  const [subject = "", ...paragraphs] = (told?.text ?? "").split("\n\n");
  const { framework } = own.reduce(briefedBy, unbriefed);
  const office = framework?.letter.offices.find(({ id }) => id === to.office);
  const asks = office?.paragraphs.some((each) => each.includes("{case-list}")) ?? false;
  const list = asks && framework ? caseListTemplate(framework.columns) : undefined;
  return {
    subject,
    text: `${paragraphs.join("\n\n")}\n`,
    enclosed: list === undefined ? [] : [{ name: "case-list.csv", content: list }],
  };
};

type Telling = {
  readonly inspection: InspectionId;
  readonly letter: LetterCalled;
  readonly facts: readonly AnyFact[];
  readonly around: Enclosing;
  readonly service: string;
  readonly briefing: typeof unbriefed;
};
type Told = { readonly subject: string; readonly paragraphs: readonly string[] };

const kept = "It is not to be published, quoted or passed on.";

/** How the copy reaches whoever gets the letter, and until when. */
const copyIn = ({ letter, around: { copy } }: Telling): string => {
  if (copy === "enclosed") return `It is enclosed. ${kept}`;
  const until = letter.link && momentInWords(letter.link.until);
  return copy
    ? `Read it here until ${until}: ${copy.link}\nThe link is for you alone, and each time it is ` +
        `used is noted. ${kept}`
    : "It is handed to you separately.";
};

const pageOf = ({ inspection, around: { url } }: Telling): string =>
  url === undefined ? "" : `\n${url}${placeOf(inspection, "send", "provider-user")}`;

const tellings: Readonly<
  Record<Exclude<LetterCalled["about"], "announcement">, (telling: Telling) => Told>
> = {
  chaser: (telling) => {
    const { letter, briefing, service, around } = telling;
    const [, request = "", due = ""] = letter.key.split("/");
    const what = requestInWords(briefing, request);
    return {
      subject: `Inspection of ${service}: we are waiting for the ${what}`,
      paragraphs: [
        `We are still waiting for the ${what} for the inspection of ${service}. It was due by ` +
          `${dayInWords(due)}. Please send it by ${newDay(around.now)}.${pageOf(telling)}`,
      ],
    };
  },
  draft: (telling) => {
    const { service, facts, around } = telling;
    const due = facts.findLast((fact) => fact.type === "DraftSent")?.due;
    return {
      subject: `Inspection of ${service}: the draft report`,
      paragraphs: [
        `The draft report on ${service} is ready for you to check its facts. ${copyIn(telling)}`,
        `${commentsBy(due, around.now)}${pageOf(telling)}`,
      ],
    };
  },
  copy: (telling) => {
    const { service, letter, facts } = telling;
    const body = recipientOf(letter, facts)?.body;
    const until = letter.link?.until ?? facts.findLast(isTimed)?.publishAt;
    return {
      subject: `Under embargo: the report on ${service}`,
      paragraphs: [
        `This is the report of the inspection of ${service}, for you${body ? ` at ${body}` : ""} ` +
          `before it is published${until ? ` at ${momentInWords(until)}` : ""}. Until then it is ` +
          `under embargo. ${copyIn(telling)}`,
      ],
    };
  },
  change: ({ letter, service, facts, around }) =>
    changeTold({ to: letter.to, service, facts, now: around.now }),
  publication: ({ service, letter, inspection, around: { site } }) => {
    const version = toldBy(letter.key);
    const first = version === "1";
    const at = site === undefined ? "" : `\n${site}reports/${inspection}/${version}/`;
    return {
      subject: first
        ? `Published: the report on ${service}`
        : `Corrected: the report on ${service}`,
      paragraphs: [
        first
          ? `The report of the inspection of ${service} is published.${at}`
          : `The report of the inspection of ${service} was corrected. Version ${version} says ` +
            `what changed and why, and stands beside the earlier ones.${at}`,
      ],
    };
  },
};

const isTimed = (fact: AnyFact) => fact.type === "EmbargoSet" || fact.type === "EmbargoChanged";

const commentsBy = (due: Day | undefined, now: Instant): string => {
  if (!due) return "";
  return due < dayInEngland(now)
    ? `The time for comments ended on ${dayInWords(due)}.`
    : `Please send what you have to say of its facts by ${dayInWords(due)}.`;
};
