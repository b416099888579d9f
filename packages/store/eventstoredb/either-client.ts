/** What the adapter asks of a client, whichever it is. */
import type { EventStoreDBClient } from "@eventstore/db-client";

export type Client = Pick<
  EventStoreDBClient,
  "appendToStream" | "readStream" | "readAll" | "subscribeToAll" | "setStreamMetadata" | "dispose"
> & { readonly capabilities: Promise<{ readonly serverVersion: string }> };
