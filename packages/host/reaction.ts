/** Reactions: what is done about an event first and checked off second, so at least once. */
import type { CommandBus } from "@assay/bus/port.ts";
import { comparePositions, type StoredEvent } from "@assay/store/port.ts";
import { SpanKind } from "@opentelemetry/api";

import type { Reaction } from "./definition.ts";
import { eventIn, type Following } from "./following.ts";
import { factReader } from "./schema.ts";
import type { Follower } from "./subscription.ts";
import { traced } from "./tracing.ts";

export const prepareReaction = (
  reaction: Reaction,
  { database, store, bus, aside }: Following & { readonly bus: CommandBus },
): Follower => {
  const name = `reaction ${reaction.name}`;
  const factOf = factReader(reaction.facts);
  const checkpoint = () => database.position(name);

  const react = async (event: StoredEvent): Promise<void> => {
    if (factOf(event) === undefined) return;
    const reached = checkpoint() ?? event.position;
    const through = comparePositions(event.position, reached) > 0 ? event.position : reached;
    const { id, metadata } = event;
    const correlationId = String(metadata["correlationId"]);
    const about = { name, kind: SpanKind.CONSUMER, correlationId, id: `${name}/${id}`, parent: id };
    await traced(about, () => reaction.react(event, bus, through));
  };

  aside.onRetry(name, async (item) => react(await eventIn(store, item)));
  return {
    name,
    prefixes: reaction.prefixes,
    checkpoint,
    take: async (events, through, signal) => {
      for (const event of events) {
        if (signal.aborted) return;
        try {
          await react(event);
        } catch (error) {
          await aside.fails(name, event, error);
        }
        database.keepPosition(name, event.position);
      }
      database.keepPosition(name, through);
    },
  };
};
