/** Where the keys are that a command works on. */
import type { NatsOptions } from "@assay/bus/nats-options.ts";

import { folderOf, type FromData } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { natsFor } from "./nats-keys.ts";
import type { Terminal } from "./terminal.ts";

type KeyPlace =
  | { readonly nats: NatsOptions; readonly folder?: never }
  | { readonly nats?: never; readonly folder: string };

/** `--nats` and `--data` go before the services' own `KEYS_IN`. */
export const keyPlaceOf = (
  options: FromData & { readonly nats?: string },
  terminal: Terminal,
): KeyPlace => {
  const { data, nats: url } = options;
  if (url !== undefined) {
    if (!/^(nats|tls):\/\/./.test(url))
      throw new WrongUsage("--nats takes nats:// (or tls://) and where NATS is.");
    const { tls, credentials } = terminal.services?.nats ?? {};
    return { nats: { url, ...(tls && { tls }), ...(credentials && { credentials }) } };
  }
  const place = data === undefined ? terminal.services?.keys : undefined;
  if (place === "none") throw new Refused("These services keep no keys: KEYS_IN is none.");
  if (place === "nats") return { nats: natsFor("KEYS_IN", terminal) };
  return { folder: place === undefined ? folderOf(options, terminal) : terminal.pathOf(place) };
};
