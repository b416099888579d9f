/** What the node says of itself: one member, always the leader, and the calls that it serves. */
import { randomUUID } from "node:crypto";

import { encodeUuid } from "./recorded-event.ts";
import { bytes, type Field, integer, message, text } from "./wire.ts";

/** The server whose protocol this is; clients decide by it which calls they may use. */
const protocolVersion = "25.0.1";

const streams = "event_store.client.streams.Streams";

const served = ["append", "batchappend", "delete", "read", "tombstone"].map((name) => ({
  service: streams,
  name,
}));

const also = [
  { service: "event_store.client.gossip.Gossip", name: "read" },
  { service: "event_store.client.server_features.ServerFeatures", name: "getsupportedmethods" },
];

const method = ({ service, name }: { service: string; name: string }): Field =>
  bytes(1, message(text(1, name), text(2, service)));

export const supportedMethods = message(
  ...[...served, ...also].map(method),
  text(2, protocolVersion),
);

const leader = 8;
const ticksPerMillisecond = 10_000;

export const gossip = (place: () => { readonly host: string; readonly port: number }) => {
  const instance = randomUUID();
  return (now: number): Buffer => {
    const { host, port } = place();
    return message(
      bytes(
        1,
        message(
          bytes(1, encodeUuid(instance, "structured")),
          integer(2, now * ticksPerMillisecond),
          integer(3, leader),
          integer(4, 1),
          bytes(5, message(text(1, host), integer(2, port))),
        ),
      ),
    );
  };
};
