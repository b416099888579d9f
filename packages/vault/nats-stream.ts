/**
 * The stream that holds the keys, message by message. What holds is a subject's last message; one
 * that names its predecessor (`replaces`) has taken its place.
 */
import { StoreFault } from "@assay/store/port.ts";
import {
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { errors, type NatsConnection } from "@nats-io/transport-node";

import { type Holder, holdersNow } from "./nats-holders.ts";

/** A key, wrapped, or the name of one that was destroyed. */
type Written = { readonly made: string; readonly replaces?: number } & (
  | { readonly wrapped: string; readonly master: string; readonly destroyed?: never }
  | { readonly destroyed: string; readonly wrapped?: never }
);

/** That keys were destroyed, or are wrapped by another key-encryption key from now on. */
type Told = { readonly at: string; readonly master?: string };

export type Entry = Written & { readonly seq: number };

export const keysStream = "ASSAY_KEYS";
const keysUnder = "assay.keys.";
/** Its newest message says up to where keys have to be forgotten, and what wraps by now. */
const destructions = "assay.key-destructions";

/** A kind's name ends in a full stop, which no subject may. */
const subjectOf = (owner: string): string => `${keysUnder}${owner.replace(/\.$/, "._")}`;
const ownerOf = (subject: string): string => subject.slice(keysUnder.length).replace(/\._$/, ".");

export class KeyStream {
  readonly #connection: NatsConnection;
  readonly #manager: JetStreamManager;
  readonly #client: JetStreamClient;

  constructor(connection: NatsConnection, manager: JetStreamManager) {
    this.#connection = connection;
    this.#manager = manager;
    this.#client = jetstream(connection);
  }

  async last(owner: string): Promise<Entry | undefined> {
    const query = { last_by_subj: subjectOf(owner) };
    const message = await this.#manager.streams.getMessage(keysStream, query);
    return message ? entryIn(message) : undefined;
  }

  /** False when what stands there by now is not the message of this sequence; 0 for none. */
  async write(owner: string, entry: Written, lastSubjectSequence: number): Promise<boolean> {
    try {
      const expect = { lastSubjectSequence };
      await this.#client.publish(subjectOf(owner), JSON.stringify(entry), { expect });
      return true;
    } catch (error) {
      const { StreamWrongLastSequence: wrong } = JetStreamApiCodes;
      if (error instanceof JetStreamApiError && error.code === wrong) return false;
      throw error;
    }
  }

  /** The server writes random bytes over a message before it lets it go; harmless when it went. */
  async overwrite(seq: number): Promise<void> {
    const message = await this.#manager.streams.getMessage(keysStream, { seq });
    if (message) await this.#manager.streams.deleteMessage(keysStream, seq, true);
  }

  /** Whose keys there are, or were, under a subject, and how many messages tell of each. */
  async owners(under = ">"): Promise<ReadonlyMap<string, number>> {
    const subjects_filter = `${keysUnder}${under}`;
    const { state } = await this.#manager.streams.info(keysStream, { subjects_filter });
    const found = Object.entries(state.subjects ?? {});
    return new Map(found.map(([subject, messages]) => [ownerOf(subject), messages]));
  }

  async tell(told: Told): Promise<void> {
    await this.#client.publish(destructions, JSON.stringify(told));
  }

  /** The newest, and its sequence; 0 for none. */
  async newestTold(): Promise<{ readonly seq: number; readonly master?: string }> {
    const query = { last_by_subj: destructions };
    const message = await this.#manager.streams.getMessage(keysStream, query);
    if (!message) return { seq: 0 };
    const { master } = message.json<Told>();
    return { seq: message.seq, ...(master !== undefined && { master }) };
  }

  holders(): Promise<readonly Holder[]> {
    return holdersNow(this.#connection);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

/** What exists is left as it is: whoever runs the cluster may have changed it. */
export const openKeyStream = async (
  connection: NatsConnection,
  { replicas, begin }: { readonly replicas: number; readonly begin: () => Promise<boolean> },
): Promise<KeyStream> => {
  const manager = await jetstreamManager(connection);
  try {
    await manager.streams.info(keysStream);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.status !== 404) throw error;
    if (!(await begin())) throw keysLost();
    await manager.streams.add({
      name: keysStream,
      subjects: [`${keysUnder}>`, destructions],
      num_replicas: replicas,
      // A copy that lags behind would still hand out what was destroyed.
      allow_direct: false,
      deny_purge: true,
    });
  }
  return new KeyStream(connection, manager);
};

const keysLost = (): StoreFault => {
  const message =
    `the keys in NATS: there is no stream ${keysStream}, and there are facts already; restore ` +
    `the keys (assay vault restore), because new ones open nothing that was written before`;
  return new StoreFault("corrupt", message, { retry: false });
};

type Message = { readonly seq: number; readonly subject: string; json(): unknown };

/** Throws a StoreFault for anything that no key store wrote. */
const entryIn = (message: Message): Entry => {
  const { seq, subject } = message;
  const found = contentOf(message);
  const isText = (key: string): boolean => typeof found[key] === "string";
  if (isText("made") && (isText("destroyed") || (isText("wrapped") && isText("master"))))
    return { ...(found as unknown as Written), seq };
  throw new StoreFault("corrupt", `${subject}@${seq} is no key`, { retry: false });
};

const contentOf = (message: Message): Readonly<Record<string, unknown>> => {
  try {
    return { ...(message.json() as object) };
  } catch {
    return {};
  }
};

/** What NATS fails with, as the store's faults; anything else is passed on as it is. */
export const faultOf = (error: unknown): unknown => {
  if (error instanceof StoreFault || !(error instanceof Error)) return error;
  const fault = (code: StoreFault["code"], what: string, retry: boolean): StoreFault =>
    new StoreFault(code, `the keys in NATS: ${what}`, { retry, cause: error });
  const told: readonly unknown[] = [error, error.cause];
  const is = (...kinds: readonly (new (...given: never[]) => Error)[]): boolean =>
    kinds.some((kind) => told.some((one) => one instanceof kind));
  if (is(errors.ClosedConnectionError, errors.DrainingConnectionError))
    return fault("closed", "the connection is closed", false);
  if (is(errors.AuthorizationError, errors.PermissionViolationError))
    return fault("denied", "NATS does not permit it", false);
  if (is(errors.TimeoutError, errors.NoRespondersError, errors.RequestError))
    return fault("unavailable", "NATS does not answer", true);
  if (!(error instanceof JetStreamApiError)) return error;
  if (error.code === JetStreamApiCodes.StreamNotFound) return keysLost();
  return fault("unavailable", `JetStream refuses it: ${error.message}`, true);
};
