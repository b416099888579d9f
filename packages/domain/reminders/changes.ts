/** What became of the dates that earlier letters say: for the letter that tells of it. */
import type { AnyFact } from "../facts.ts";
import { stillToCome } from "../announcement/letter.ts";
import { dayInEngland, type Instant } from "../kernel/instants.ts";
import { dayInWords, momentInWords } from "../kernel/wording.ts";
import { planTold } from "../tracking/announcement.ts";
import { knownFrom } from "../tracking/standing.ts";
import type { Addressed } from "./events.ts";

type Told = { readonly subject: string; readonly paragraphs: readonly string[] };
type Telling = {
  readonly to: Addressed;
  readonly service: string;
  /** Every fact of the inspection before the letter goes out, and when that is. */
  readonly facts: readonly AnyFact[];
  readonly now: Instant;
};

/** As it stands when the letter goes out, whatever it was that had changed first. */
export const changeTold = (telling: Telling): Told =>
  telling.to.office === undefined ? ofEmbargo(telling) : ofPlan(telling);

const ofPlan = (telling: Telling): Told => {
  const { service, facts } = telling;
  const last = facts.findLast(
    ({ type }) => type === "InspectionPostponed" || type === "InspectionResumed",
  );
  const inspection = `Inspection of ${service}`;
  if (facts.some(({ type }) => type === "InspectionCancelled"))
    return {
      subject: `${inspection}: cancelled`,
      paragraphs: [
        `The inspection of ${service} is cancelled. Nothing that our letters ask for is needed.`,
      ],
    };
  if (last?.type === "InspectionPostponed")
    return {
      subject: `${inspection}: postponed`,
      paragraphs: [
        `The inspection of ${service} is postponed. The dates in our letters do not hold any ` +
          "more. We will write to you when there are new ones.",
      ],
    };
  return {
    subject: `${inspection}: new dates`,
    paragraphs: [
      `The dates in our letters about the inspection of ${service} have changed. These hold now:`,
      datesFor(telling),
      "Whatever else our letters say still holds.",
    ],
  };
};

/** The days of fieldwork, and those that the office's own letter names, where still to come. */
const datesFor = ({ to, facts, now }: Telling): string => {
  const known = knownFrom(facts);
  const letter = known.announcement.briefing.framework?.letter;
  const own = letter?.offices.find(({ id }) => id === to.office)?.paragraphs ?? [];
  const said = [...(letter?.opening ?? []), ...own, ...(letter?.closing ?? [])].join("\n");
  const today = dayInEngland(now);
  const requests = known.announcement.requests;
  return planTold(known)
    .filter(
      ({ step, done }) => !done && (step.startsWith("fieldwork") || said.includes(`{${step}}`)),
    )
    .map(({ step, what, day }) => ({
      what,
      day: [...requests.keys()].some((id) => id === step) ? stillToCome(day, today) : day,
    }))
    .filter(({ day }) => day >= today)
    .map(({ what, day }) => `- ${what}: ${dayInWords(day)}`)
    .join("\n");
};

const ofEmbargo = ({ service, facts }: Telling): Told => {
  const last = facts.findLast(
    (fact) =>
      fact.type === "EmbargoSet" ||
      fact.type === "EmbargoChanged" ||
      fact.type === "SignOffWithdrawn",
  );
  const subject = `Under embargo: the report on ${service}`;
  if (!last || last.type === "SignOffWithdrawn")
    return {
      subject: `${subject} is held back`,
      paragraphs: [
        `The report on ${service} is held back, and will not be published as you have it. Please ` +
          "delete your copy. It is not to be published, quoted or passed on.",
      ],
    };
  return {
    subject: `${subject} has a new date`,
    paragraphs: [
      `The report on ${service} will be published at ${momentInWords(last.publishAt)}. Until then ` +
        "it is under embargo. Please delete the copy that you have: a new one comes to you before " +
        "then, and it says that date.",
    ],
  };
};
