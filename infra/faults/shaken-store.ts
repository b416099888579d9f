/**
 * A store in which things go wrong as often as a scenario says: appends that are lost or whose
 * answer is lost, a full disk, slow answers, subscriptions that break and begin again.
 */
import { storeOver } from "@assay/store/over.ts";
import {
  type Delivery,
  type EventStore,
  StoreFault,
  type SubscribeOptions,
} from "@assay/store/port.ts";

import type { Shaking } from "./shaking.ts";

export const shakenStore = (store: EventStore, { happens, dawdle }: Shaking): EventStore =>
  storeOver(store, {
    append: async (stream, events, expected) => {
      await dawdle();
      if (happens("full"))
        throw new StoreFault("disk-full", "the disk is full (made up)", { retry: false });
      if (happens("lost")) throw unanswered();
      const answer = await store.append(stream, events, expected);
      if (happens("landed")) throw unanswered();
      return answer;
    },
    read: async function* (stream, options) {
      await dawdle();
      if (happens("broken")) throw unanswered();
      yield* store.read(stream, options);
    },
    subscribe: (options) => subscribeShaken(store, options, { happens, dawdle }),
  });

/** It may break before anything was handled or after; what was not handled has to come again. */
async function* subscribeShaken(
  store: EventStore,
  options: SubscribeOptions,
  { happens, dawdle }: Shaking,
): AsyncGenerator<Delivery> {
  for await (const delivery of store.subscribe(options)) {
    await dawdle();
    if (happens("broken")) throw unanswered();
    yield delivery;
    if (happens("broken")) throw unanswered();
  }
}

const unanswered = (): StoreFault =>
  new StoreFault("unavailable", "no answer (made up)", { retry: true });

/** Asks again where the store gave no answer, as a page does that is loaded again. */
export const answered = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreFault && error.retry)) throw error;
    }
  }
};
