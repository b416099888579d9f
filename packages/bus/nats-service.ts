/** One step's commands as a NATS service: discoverable, counted, drained without losing a reply. */
import { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import { Svcm, type Service, type ServiceMsg } from "@nats-io/services";
import { headers } from "@nats-io/transport-node";

import { codeHeader, retryHeader } from "./nats-faults.ts";
import { decode } from "./nats-payload.ts";
import { BusFault, failureFor, mayRetry, type Offer } from "./port.ts";

export type Endpoints = {
  /** Throws when NATS ended the subscriptions, which it does for instance without permission. */
  assertServing(): void;
  drain(): Promise<void>;
};

/** What each endpoint reports in the service's stats, beside what NATS counts itself. */
type Counts = { accepted: number; refused: number; failed: number; milliseconds: number };

/** The version of the messages, not of the product. */
const version = "1.0.0";

export const serve = async (services: Svcm, offer: Offer): Promise<Endpoints> => {
  const underWay = new Set<Promise<void>>();
  const counts = new Map<string, Counts>();
  const { step } = offer;
  const service = await services.add({
    name: `assay-${step}`,
    version,
    description: `Takes the commands of ${step}`,
    queue: step,
    statsHandler: async ({ subject }) => counts.get(subject),
  });
  for (const type of offer.commands) {
    const subject = `assay.${step}.${type}`;
    const counted: Counts = { accepted: 0, refused: 0, failed: 0, milliseconds: 0 };
    counts.set(subject, counted);
    const handler = (_error: Error | null, message: ServiceMsg): void => {
      const work = answer(offer, message, counted).finally(() => underWay.delete(work));
      underWay.add(work);
    };
    service.addEndpoint(type, { subject, handler });
  }
  return endpointsOf(service, step, underWay);
};

const endpointsOf = (
  service: Service,
  step: string,
  underWay: ReadonlySet<Promise<void>>,
): Endpoints => {
  let lost: Error | undefined;
  void service.stopped.then((error) => {
    lost = error ?? undefined;
  });
  return {
    assertServing: () => {
      if (!service.isStopped) return;
      const message = `NATS no longer brings the commands of ${step}`;
      throw new BusFault("unavailable", message, { retry: false, cause: lost });
    },
    drain: async () => {
      await service.stop();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};

/** Never rejects: what goes wrong is the reply. */
const answer = async (offer: Offer, message: ServiceMsg, counted: Counts): Promise<void> => {
  const begun = performance.now();
  try {
    const envelope = decode(CommandEnvelope, message.data, message.subject);
    const reply = await offer.handle(envelope);
    counted[reply.accepted ? "accepted" : "refused"] += 1;
    message.respond(JSON.stringify(reply));
  } catch (cause) {
    counted.failed += 1;
    const failed = headers();
    failed.set(retryHeader, String(mayRetry(cause)));
    failed.set(codeHeader, "500");
    message.respondError(500, failureFor(cause), "", { headers: failed });
  } finally {
    counted.milliseconds += performance.now() - begun;
  }
};
