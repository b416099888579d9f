/** Reactions: what is done about an event first and checked off second, so at least once. */
import type { CommandBus } from "@assay/bus/port.ts";

import type { Database } from "./database.ts";
import type { Reaction } from "./definition.ts";
import type { Follower } from "./subscription.ts";

export const prepareReaction = (
  database: Database,
  reaction: Reaction,
  bus: CommandBus,
): Follower => {
  const name = `reaction ${reaction.name}`;
  return {
    name,
    prefixes: reaction.prefixes,
    checkpoint: () => database.position(name),
    take: async (events, through, signal) => {
      for (const event of events) {
        if (signal.aborted) return;
        await reaction.react(event, bus);
        database.keepPosition(name, event.position);
      }
      database.keepPosition(name, through);
    },
  };
};
