/**
 * The bus over NATS. Each step is a discoverable NATS service with an endpoint for each command, in
 * one queue group, so that replicas share the work. Connections that are lost are made again.
 */
import { Reply } from "@assay/domain/kernel/envelope.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { Svcm } from "@nats-io/services";
import type { NatsConnection } from "@nats-io/transport-node";
import { z } from "zod";

import { type CommandBus, BusFault, type Offer, type Offered } from "./port.ts";
import { codeHeader, failureOf, reasonHeader, retryHeader } from "./nats-faults.ts";
import { closeNats, connectNats, isConnected } from "./nats-connection.ts";
import type { NatsOptions } from "./nats-options.ts";
import { type Endpoints, serve } from "./nats-service.ts";
import { decode } from "./nats-payload.ts";

export const openNatsBus = async (options: NatsOptions): Promise<CommandBus> =>
  new NatsBus(await connectNats(options));

const Dated = z.object({
  ts: z.iso.datetime().optional(),
  created: z.iso.datetime().optional(),
  config: z.object({}).optional(),
});

class NatsBus implements CommandBus {
  readonly #connection: NatsConnection;
  /** Whether there is a server at the other end just now. */
  readonly #connected: () => boolean;
  readonly #offered = new Map<Offered, Endpoints>();
  #closing: Promise<void> | undefined;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#connected = isConnected(connection);
  }

  async offer(offer: Offer): Promise<Offered> {
    this.#assertOpen();
    const endpoints = await serve(new Svcm(this.#connection), offer).catch((cause: unknown) => {
      throw failureOf(cause, `assay.${offer.step}`);
    });
    // The server knows of the subscriptions once it has answered this.
    await this.#connection.flush();
    const offered: Offered = {
      drain: async () => {
        this.#offered.delete(offered);
        await endpoints.drain();
      },
    };
    this.#offered.set(offered, endpoints);
    return offered;
  }

  send: CommandBus["send"] = async (step, envelope, { timeout = 5_000 } = {}) => {
    this.#assertOpen();
    const subject = `assay.${step}.${envelope.command.type}`;
    if (!this.#connected()) {
      const message = `${subject}: there is no connection to NATS just now`;
      throw new BusFault("unavailable", message, { retry: true });
    }
    const answer = await this.#connection
      .request(subject, JSON.stringify(envelope), { timeout })
      .catch((cause: unknown) => {
        throw failureOf(cause, subject);
      });
    const failed = answer.headers?.get(codeHeader);
    if (failed !== undefined && failed !== "") {
      const retry = answer.headers?.get(retryHeader) === "true";
      const code = answer.headers?.get(reasonHeader) === "no-room" ? "no-room" : "handler-failed";
      throw new BusFault(code, `${subject} could not be carried out`, { retry });
    }
    return decode(Reply, answer.data, subject);
  };

  async ping(): Promise<void> {
    this.#assertOpen();
    for (const endpoints of this.#offered.values()) endpoints.assertServing();
    if (!this.#connected()) throw new BusFault("unavailable", "NATS is away", { retry: true });
    await this.#connection.rtt().catch((cause: unknown) => {
      throw failureOf(cause, "the NATS server");
    });
  }

  /**
   * JetStream says it with what it tells of a stream from 2.10 on, and always of a reader that has
   * just been made, which goes by itself. A user who may do neither is told nothing.
   */
  async time(): Promise<Instant | undefined> {
    for (const stream of ["ASSAY_KEYS", "ASSAY_FACTS", "ASSAY_FILES"]) {
      const { ts, config } = await this.#ask(`STREAM.INFO.${stream}`);
      const reader = { ack_policy: "none", mem_storage: true, inactive_threshold: 1_000_000_000 };
      const making = { stream_name: stream, config: reader };
      const { created } = ts || !config ? {} : await this.#ask(`CONSUMER.CREATE.${stream}`, making);
      const shown = ts ?? created;
      if (shown !== undefined) return new Date(shown).toISOString() as Instant;
    }
    return undefined;
  }

  async #ask(what: string, body?: object): Promise<Partial<z.output<typeof Dated>>> {
    const text = body === undefined ? "" : JSON.stringify(body);
    const answer = await this.#connection
      .request(`$JS.API.${what}`, text, { timeout: 2_000 })
      .catch(() => undefined);
    return Dated.safeParse(answer?.json()).data ?? {};
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#offered.keys()].map((offered) => offered.drain()));
    await closeNats(this.#connection);
  }

  #assertOpen(): void {
    if (this.#closing !== undefined || this.#connection.isClosed())
      throw new BusFault("closed", "the bus is closed", { retry: false });
  }
}
