/**
 * Who is reminded of what, and when: at the rhythm that is set, usually two working days before
 * something falls due, the working day after it, and twice again. Reminders go out in the morning
 * of a working day, one to each person for everything; only an alert is not left until then.
 */
import type { AnyFact } from "../facts.ts";
import { accept, type Decision, refuse } from "../kernel/decider.ts";
import { uuidFrom } from "../kernel/envelope.ts";
import { stampOf } from "../kernel/fact.ts";
import type { Digest, InspectionId } from "../kernel/ids.ts";
import { addDays, dayInEngland, type Instant, inEngland } from "../kernel/instants.ts";
import type { Duty } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
  remindersStream,
  type StreamName,
} from "../kernel/stream.ts";
import { addWorkingDays, isWorkingDay } from "../kernel/working-days.ts";
import { aggregateOf } from "../lifecycle/aggregate.ts";
import { teamRelations } from "../briefing/inspection.ts";
import { dutiesOf, knownBy, nothingKnown } from "../tracking/standing.ts";
import { type ReminderCommand, reminderPermissions, type ReminderRefusal } from "./commands.ts";
import { isReminderEvent, type Reminded, type RemindedOf, type ReminderEvent } from "./events.ts";
import { emptyPost, lettersOwed, newsBehind, type OwedLetter, postedBy } from "./letters.ts";
import { remindersChart } from "./machine.ts";
import { recorded } from "./record.ts";
import { type ReminderState, type Rhythm, usualRhythm } from "./state.ts";

export type ReminderKnown = AnyFact | ReminderEvent;

/** The same rules, or the same flow, at that rhythm. How often something was told stays counted. */
export const atRhythm = <Told extends { readonly initial: ReminderState }>(
  rhythm: Rhythm,
  told: Told,
): Told => ({ ...told, initial: { ...told.initial, rhythm } });

/** The same rules with links, of which only digests are recorded. */
export const linkedBy = (
  digestOf: (letter: string) => Digest,
  rules: typeof reminders,
): typeof reminders => ({ ...rules, initial: { ...rules.initial, digestOf } });

const morning = "08:00";

type Answer = Decision<ReminderEvent, ReminderRefusal>;
type Asked<Type extends ReminderCommand["type"]> = Extract<ReminderCommand, { type: Type }>;

export const reminders = aggregateOf<
  ReminderCommand,
  ReminderEvent,
  ReminderKnown,
  ReminderState,
  ReminderRefusal
>({
  chart: remindersChart,
  isOwn: isReminderEvent,
  permissions: reminderPermissions,
  unknown: "UnknownInspection",
  initial: {
    rhythm: usualRhythm,
    known: nothingKnown,
    latest: undefined,
    reminded: new Map(),
    post: emptyPost,
    digestOf: undefined,
    called: new Map(),
    linked: new Set(),
    delivered: new Set(),
    failed: new Set(),
  },
  stream: ({ inspection }) => remindersStream(inspection),
  consults: ({ type, inspection }, state) => {
    if (type === "CallReminders") return foldedFor(inspection, state);
    if (type === "RecordDelivery") return [];
    return [inspectionStream(inspection), publicationStream(inspection)];
  },
  evolve: (before, event) => {
    const latest = before.latest && before.latest > event.at ? before.latest : event.at;
    const state = { ...before, latest };
    if (isReminderEvent(event)) return recorded(state, event);
    return { ...state, known: knownBy(state.known, event), post: postedBy(state.post, event) };
  },
  relations: ({ by }, { known }) => teamRelations(known.announcement.briefing, by),
  decide: (command, state) => {
    switch (command.type) {
      case "CallReminders":
        return call(command, state);
      case "CallLetters":
        return callLetters(command, state);
      case "RecordDelivery":
        return settle(command, state);
      case "RevokeLink":
        return revoke(command, state);
      case "SendLetterAgain":
        return again(command, state);
    }
  },
  about: {
    ReminderCalled: ["reminder"],
    ReminderDelivered: ["reminder"],
    ReminderFailed: ["reminder"],
    LetterCalled: ["letter"],
    LinkRevoked: ["letter"],
  },
  written: {
    RecordDelivery: ({ reminder, outcome }) => ({
      reminder,
      [isFailure(outcome) ? "why" : "channel"]: outcome,
    }),
  },
  /** Each round is one of its own. */
  holds: {
    CallReminders: () => false,
    CallLetters: () => false,
    SendLetterAgain: () => false,
    RevokeLink: ({ letter }, { linked }) => !linked.has(letter),
  },
});

/** Every stream that says what is owed. */
export const foldedFor = (
  inspection: InspectionId,
  { known }: ReminderState,
): readonly StreamName[] => [
  inspectionStream(inspection),
  fieldworkStream(inspection),
  panelStream(inspection),
  publicationStream(inspection),
  ...[...known.fieldwork.briefing.sample.keys()].map((id) => assessmentStream(inspection, id)),
];

const call = (command: Asked<"CallReminders">, state: ReminderState): Answer => {
  const { inspection, at } = command;
  const groups = Map.groupBy(
    remindable(inspection, state).flatMap(({ duty, due }) => {
      const time = state.rhythm.filter((days) => momentOf(due, days) <= at).length;
      const before = state.reminded.get(`${duty.key} ${due}`) ?? 0;
      return time > before ? [{ duty, item: { key: duty.key, what: duty.what, due, time } }] : [];
    }),
    ({ duty }) => [duty.owner, duty.person].join(" "),
  );
  return accept(
    ...[...groups].map(([recipient, group]): ReminderEvent => ({
      type: "ReminderCalled",
      ...stampOf(command),
      reminder: uuidFrom(`reminder/${inspection}/${recipient}/${at}`),
      to: recipientOf(group[0]!.duty, state),
      items: group.map(({ item }): RemindedOf => item),
    })),
  );
};

const recipientOf = ({ owner, person }: Duty<unknown>, { known }: ReminderState): Reminded => {
  const service = known.announcement.briefing.service?.id;
  return {
    role: owner,
    ...(person !== undefined && { person }),
    ...(owner === "provider-user" && service && { service }),
  };
};

const callLetters = (command: Asked<"CallLetters">, state: ReminderState): Answer =>
  accept(...lettersOwed(command.inspection, state, command.at).map(calling(command, state)));

const calling =
  (command: Asked<"CallLetters" | "SendLetterAgain">, { digestOf }: ReminderState) =>
  ({ until, ...owed }: OwedLetter): ReminderEvent => ({
    ...{ type: "LetterCalled", ...stampOf(command), ...owed },
    ...(until && digestOf && { link: { digest: digestOf(owed.letter), until } }),
  });

/** With a link of its own, while what it says still holds. */
const again = (command: Asked<"SendLetterAgain">, state: ReminderState): Answer => {
  const { inspection, at, letter } = command;
  const former = state.called.get(letter);
  if (!former) return refuse({ reason: "UnknownReminder", reminder: letter });
  const news = newsBehind(state.post, former, at);
  if (!news) return refuse({ reason: "LetterIsOver", letter });
  const { about, key, to } = former;
  const next = uuidFrom(`letter/${inspection}/${key}/${JSON.stringify(to)}/${at}`);
  return accept(calling(command, state)({ letter: next, about, key, to, until: news.until }));
};

const revoke = (command: Asked<"RevokeLink">, { linked }: ReminderState): Answer => {
  const { letter, reason } = command;
  return linked.has(letter)
    ? accept({ type: "LinkRevoked", ...stampOf(command), letter, text: { reason } })
    : refuse({ reason: "NoSuchLink", letter });
};

const settle = (
  command: Asked<"RecordDelivery">,
  { called, delivered, failed }: ReminderState,
): Answer => {
  const { reminder, outcome } = command;
  if (!called.has(reminder)) return refuse({ reason: "UnknownReminder", reminder });
  const settled = delivered.has(reminder) || (failed.has(reminder) && isFailure(outcome));
  if (settled) return refuse({ reason: "AlreadySettled", reminder });
  const what = { ...stampOf(command), reminder };
  return accept<ReminderEvent>(
    isFailure(outcome)
      ? { type: "ReminderFailed", ...what, why: outcome }
      : { type: "ReminderDelivered", ...what, channel: outcome },
  );
};

type Outcome = Asked<"RecordDelivery">["outcome"];

const isFailure = (outcome: Outcome): outcome is Exclude<Outcome, "log" | "mail"> =>
  outcome !== "log" && outcome !== "mail";

/** What people owe by a date. A published inspection that is carried through reminds nobody. */
const remindable = (inspection: InspectionId, { known }: ReminderState) =>
  known.announcement.briefing.reconstruction
    ? []
    : dutiesOf(inspection, known).flatMap((duty) =>
        duty.due === undefined || duty.owner === "system" ? [] : [{ duty, due: duty.due }],
      );

const momentOf = (due: Instant, workingDays: number): Instant =>
  inEngland(addWorkingDays(dayInEngland(due), workingDays), morning);

/** When somebody is to be reminded next; undefined when nobody is. */
export const nextRound = (inspection: InspectionId, state: ReminderState): Instant | undefined => {
  const moments = remindable(inspection, state).flatMap(({ duty, due }) => {
    const days = state.rhythm[state.reminded.get(`${duty.key} ${due}`) ?? 0];
    if (days === undefined) return [];
    const moment = momentOf(due, days);
    return [duty.key.includes("-alert/") ? moment : morningFrom(moment, state.latest)];
  });
  return moments.toSorted()[0];
};

/** The first morning of a working day that is neither before the moment nor before the latest. */
const morningFrom = (moment: Instant, latest: Instant | undefined): Instant => {
  const from = latest && latest > moment ? latest : moment;
  let day = dayInEngland(from);
  while (!isWorkingDay(day) || inEngland(day, morning) < from) day = addDays(day, 1);
  return inEngland(day, morning);
};
