/**
 * A bus in which commands and replies are lost, come late, come twice and overtake each other, as
 * often as a scenario says.
 */
import { BusFault, type CommandBus } from "@assay/bus/port.ts";

import type { Shaking } from "./shaking.ts";

export const shakenBus = (bus: CommandBus, { happens, dawdle }: Shaking): CommandBus => ({
  offer: (offer) => bus.offer(offer),
  send: async (step, envelope, options) => {
    await dawdle();
    if (happens("lost")) throw unanswered();
    if (happens("doubled")) bus.send(step, envelope, options).catch(() => undefined);
    const reply = await bus.send(step, envelope, options);
    if (happens("landed")) throw unanswered();
    return reply;
  },
  ping: () => bus.ping(),
  close: () => bus.close(),
});

const unanswered = (): BusFault => new BusFault("timeout", "no answer (made up)", { retry: true });
