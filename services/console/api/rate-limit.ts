/** How much one client may ask: a bucket that fills again as time passes. */

export type RateLimit = {
  /** Takes one request's worth; seconds to wait when nothing is left, 0 when it was taken. */
  readonly take: (client: string) => number;
  /** The seconds to wait, with nothing taken. */
  readonly wait: (client: string) => number;
};

export type RateLimitOptions = {
  /** Requests that may come at once. */
  readonly burst: number;
  /** Requests per second in the long run. */
  readonly rate: number;
  /** Milliseconds, ever rising. */
  readonly now: () => number;
};

/** Clients remembered; beyond this full buckets are forgotten, which changes nothing. */
const mostClients = 10_000;

export const createRateLimit = ({ burst, rate, now }: RateLimitOptions): RateLimit => {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  const filled = (client: string): number => {
    const bucket = buckets.get(client);
    return bucket ? Math.min(burst, bucket.left + ((now() - bucket.at) / 1000) * rate) : burst;
  };
  const forget = (): void => {
    for (const client of buckets.keys()) if (filled(client) >= burst) buckets.delete(client);
  };
  const wait = (client: string): number => Math.max(0, 1 - filled(client)) / rate;
  return {
    wait,
    take: (client) => {
      if (buckets.size > mostClients) forget();
      const left = filled(client);
      if (left < 1) return wait(client);
      buckets.set(client, { left: left - 1, at: now() });
      return 0;
    },
  };
};
