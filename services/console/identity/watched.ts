/** The identity provider as it is used, with what becomes of that counted and told. */
import type { Log } from "@assay/host/log.ts";
import type { Metrics } from "@assay/host/metrics.ts";

import type { Provider } from "./provider.ts";
import { NotBelieved, ProviderAway, reasonOf } from "./refused.ts";

export type Watched = {
  readonly provider: Provider;
  /** `ok`, `away`, or that nobody asked yet. */
  readonly state: () => string;
  /** Asks for it now; what is wrong, in a sentence, or undefined. */
  readonly trouble: () => Promise<string | undefined>;
};

export const watched = (
  provider: Provider,
  { metrics, log }: { readonly metrics: Metrics | undefined; readonly log: Log },
): Watched => {
  let state = "not asked yet";
  const found = (next: "ok" | "away"): void => {
    state = next;
    metrics?.identityProviderUp.set(next === "ok" ? 1 : 0);
  };
  /** Whatever it answers, a refusal too, it is there. */
  const using =
    <Given extends readonly unknown[], Got>(kind: string, ask: (...given: Given) => Promise<Got>) =>
    async (...given: Given): Promise<Got> => {
      const told = (outcome: string): void => metrics?.identity.inc({ kind, outcome });
      try {
        const got = await ask(...given);
        found("ok");
        told("ok");
        return got;
      } catch (error) {
        if (error instanceof NotBelieved) found("ok");
        if (error instanceof ProviderAway) found("away");
        told(error instanceof NotBelieved ? error.reason.cause : "away");
        throw error;
      }
    };
  return {
    provider: {
      depart: using("departure", provider.depart),
      arrive: using("sign-in", provider.arrive),
      renew: using("renewal", provider.renew),
      leave: using("sign-out", provider.leave),
      ended: using("logout-token", provider.ended),
      system: using("system", provider.system),
      find: using("discovery", provider.find),
    },
    state: () => state,
    trouble: async () => {
      try {
        await provider.find();
        found("ok");
        return undefined;
      } catch (error) {
        if (!(error instanceof ProviderAway)) throw error;
        found("away");
        const reason = reasonOf(error.cause);
        log.warn(reason, "identity provider cannot be used");
        return `The identity provider cannot be used (${reason.words}): assay identity check`;
      }
    },
  };
};
