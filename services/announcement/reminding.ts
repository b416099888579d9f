/**
 * Delivers reminders and letters. Each is recorded before it goes out and settled after it: a crash
 * in between sends it again under the same id, by which whoever takes it can tell.
 */
import type { CommandBus } from "@assay/bus/port.ts";
import { AnyFact } from "@assay/domain/facts.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { inspectionOf, inspectionStream, publicationStream } from "@assay/domain/kernel/stream.ts";
import { type LetterCalled, ReminderEvent } from "@assay/domain/reminders/events.ts";
import { emptyPost, newsBehind, postedBy } from "@assay/domain/reminders/letters.ts";
import {
  letterOf,
  recipientOf,
  subjectOf,
  writtenLetter,
} from "@assay/domain/reminders/message.ts";
import { claim } from "@assay/host/claims.ts";
import type { Reaction } from "@assay/host/definition.ts";
import type { Log } from "@assay/host/log.ts";
import { readInspection, readStream } from "@assay/host/read-inspection.ts";
import { factReader } from "@assay/host/schema.ts";
import { copyFor } from "@assay/report/copy.ts";
import { ofDrafts } from "@assay/report/metadata.ts";
import { openTypesetter, type Typesetter } from "@assay/report/typesetter.ts";
import type { EventStore } from "@assay/store/port.ts";

import { addressedIn, addresseeIn, type AddressBook } from "./address-book.ts";
import { type Letter, lettersPath, openLetters } from "./letters.ts";
import { tokenFor } from "./links.ts";
import type { Mail, Taken } from "./mail.ts";
import { createPosting, type Outcome, type PostingOptions } from "./posting.ts";

type Store = Pick<EventStore, "read" | "append">;
type Reminder = Extract<ReminderEvent, { type: "ReminderCalled" }>;
/** What is to go out, by the id under which it is settled. */
type Called = { readonly id: string; readonly fact: Reminder | LetterCalled };

export type Delivery = (surroundings: {
  readonly store: Store;
  readonly log: Pick<Log, "info" | "warn">;
  /** Where letters that wait are kept; undefined keeps them in memory. */
  readonly dataDir: string | undefined;
  /** From which links are derived. */
  readonly secret: Uint8Array;
  readonly now: () => Instant;
}) => Reaction;

/** Says each of them in the log, for where no mail is set up. */
export const loggedDelivery: Delivery = ({ store, log, now }) =>
  sending(store, async (outgoing, bus) => {
    const { id, fact } = outgoing.called;
    const subject =
      fact.type === "ReminderCalled"
        ? subjectOf(await serviceIn(store, outgoing.stream), fact, now())
        : fact.about;
    log.info({ reminder: id, to: fact.to, subject }, "to be told");
    await record(bus, { ...outgoing, outcome: "log" });
  });

export type MailedOptions = Pick<PostingOptions, "waits" | "look"> & {
  readonly hand: (mail: Mail) => Promise<Taken>;
  /** Asked for each letter. */
  readonly addresses: () => AddressBook;
  /** Where people find the console. */
  readonly url: string | undefined;
  /** Where the public reads. */
  readonly site: string | undefined;
  readonly replyTo: string;
};

/** By e-mail, which waits in a file of its own and goes out beside everything else. */
export const mailedDelivery =
  ({ hand, addresses, url, site, replyTo: contact, ...pace }: MailedOptions): Delivery =>
  ({ store, log, dataDir, secret, now }) => {
    const { pdf } = openTypesetter({ publisher: ofDrafts });
    const reminded = async (id: string, stream: string, called: Reminder) => {
      const addressee = addresseeIn(addresses(), called.to);
      if (addressee === undefined) return undefined;
      const service = await serviceIn(store, stream);
      const byName = addressee.name ?? (called.to.service && `colleagues at ${service}`);
      const around = { addressee: byName, service, url, contact, now: now() };
      const text = letterOf(inspectionOf(stream)!, called, around);
      return { id, to: addressee.address, subject: subjectOf(service, called, now()), text };
    };
    const written = async (id: string, stream: string, letter: LetterCalled) => {
      const inspection = inspectionOf(stream)!;
      const facts = await factsBehind(store, inspection);
      if (!newsBehind(facts.reduce(postedBy, emptyPost), letter, now())) return "over";
      const body = recipientOf(letter, facts)?.body;
      const addressee = addressedIn(addresses(), letter.to, body);
      if (addressee === undefined) return undefined;
      const link = letter.link && url && `${url}/copies/${inspection}/${tokenFor(secret, id)}`;
      const copy = link ? undefined : await copyOf(store, inspection, letter, pdf);
      const { subject, text, enclosed } = writtenLetter(inspection, letter, facts, {
        ...{ url, site, contact, now: now(), addressee: addressee.name },
        copy: link ? { link } : copy && "enclosed",
      });
      return {
        ...{ id, to: addressee.address, subject, text },
        enclosed: [...enclosed, ...(copy ? [{ name: "report.pdf", content: copy }] : [])],
      };
    };
    const send = async ({ id, stream }: Letter): Promise<Outcome | undefined> => {
      const { called, outcome, revoked } = await calledIn(store, stream, id);
      if (!called || outcome === "ReminderDelivered") return undefined;
      if (revoked) return "over";
      const { fact } = called;
      const mail =
        fact.type === "ReminderCalled"
          ? await reminded(id, stream, fact)
          : await written(id, stream, fact);
      if (!mail) return "no-address";
      if (mail === "over") return mail;
      const taken = await hand(mail);
      if (taken === "delivered") return taken;
      log.warn({ letter: id, refused: taken.refused }, "a letter was refused for good");
      return "refused";
    };
    let posting: ReturnType<typeof createPosting> | undefined;
    const begin = (bus: CommandBus) => {
      const settle = async ({ id, stream, event }: Letter, outcome: Outcome): Promise<void> => {
        const { called } = await calledIn(store, stream, id);
        const settled = outcome === "delivered" ? "mail" : outcome;
        if (called) await record(bus, { stream, event, called, outcome: settled });
      };
      const file = dataDir === undefined ? ":memory:" : lettersPath(dataDir);
      posting = createPosting({
        ...pace,
        database: openLetters(file),
        log,
        send,
        settle,
        claim: ({ id }, milliseconds) => claim(store, `letter-${id}`, { milliseconds }),
      });
      return posting;
    };
    const reaction = sending(store, async ({ stream, event, called: { id, fact } }) => {
      posting!.post({ id, stream, event, recipient: JSON.stringify(fact.to) });
    });
    return { ...reaction, begin };
  };

type Outgoing = {
  readonly stream: string;
  /** The id of the event by which it was called for. */
  readonly event: string;
  readonly called: Called;
};

const sending = (
  store: Store,
  deliver: (outgoing: Outgoing, bus: CommandBus) => Promise<void>,
): Reaction => ({
  name: "remind",
  prefixes: ["reminders-"],
  facts: [ReminderEvent],
  react: async ({ type, data, stream, id: event }, bus) => {
    const called = calledBy(type, data);
    if (!called) return;
    const { outcome } = await calledIn(store, stream, called.id);
    if (outcome === undefined) await deliver({ stream, event, called }, bus);
  },
});

const calledBy = (type: string, data: object): Called | undefined => {
  if (type !== "ReminderCalled" && type !== "LetterCalled") return undefined;
  const fact = ReminderEvent.parse({ type, ...data });
  if (fact.type === "ReminderCalled") return { id: fact.reminder, fact };
  return fact.type === "LetterCalled" ? { id: fact.letter, fact } : undefined;
};

const record = async (
  bus: CommandBus,
  { stream, event, called, outcome }: Outgoing & { readonly outcome: string },
): Promise<void> => {
  const { id: reminder, fact } = called;
  const id = uuidFrom(`delivery/${reminder}/${outcome}`);
  const command = {
    ...{ type: "RecordDelivery", inspection: inspectionOf(stream), at: fact.at, by: assay },
    ...{ reminder, outcome },
  };
  const envelope = { id, correlationId: id, causationId: event, command };
  await bus.send("announcement", CommandEnvelope.parse(envelope));
};

/** A reminder or letter with what is recorded of it. */
const calledIn = async (store: Store, stream: string, id: string) => {
  let called: Called | undefined;
  let outcome: string | undefined;
  let revoked = false;
  for await (const page of store.read(stream))
    for (const { type, data } of page) {
      if (data["reminder"] !== id && data["letter"] !== id) continue;
      const found = calledBy(type, data);
      if (found) called = found;
      else if (type === "LinkRevoked") revoked = true;
      else outcome = type;
    }
  return { called, outcome, revoked };
};

const factOf = factReader([AnyFact]) as (
  event: Parameters<ReturnType<typeof factReader>>[0],
) => AnyFact | undefined;

/** What letters tell of. */
const factsBehind = async (store: Store, inspection: InspectionId): Promise<readonly AnyFact[]> => {
  const streams = [inspectionStream(inspection), publicationStream(inspection)];
  const events = await Promise.all(streams.map((stream) => readStream(store, stream)));
  return events.flat().flatMap((event) => factOf(event) ?? []);
};

/** The copy that goes with a letter, if it brings one. Throws where that cannot be set. */
const copyOf = async (
  store: Store,
  inspection: InspectionId,
  letter: LetterCalled,
  pdf: Typesetter["pdf"],
): Promise<Uint8Array | undefined> => {
  if (letter.about !== "draft" && letter.about !== "copy") return undefined;
  const recorded = (await readInspection(store, inspection)).flatMap((stored) => {
    const event = factOf(stored);
    return event ? [{ stream: stored.stream, revision: stored.revision, event }] : [];
  });
  const model = copyFor(letter, recorded);
  if (!model) return undefined;
  const set = await pdf(model);
  if ("problem" in set) throw new Error(`the copy cannot be set: ${set.problem}`);
  return set;
};

/** The service that is inspected; by the inspection's id where that cannot be read. */
const serviceIn = async (store: Store, reminders: string): Promise<string> => {
  const inspection = inspectionOf(reminders) as InspectionId;
  for await (const page of store.read(inspectionStream(inspection)))
    for (const { data } of page) {
      const service = data["service"] as { readonly name?: unknown } | undefined;
      if (typeof service?.name === "string") return service.name;
    }
  return inspection;
};
