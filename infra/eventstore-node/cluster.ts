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

/** As gossip.proto numbers them. */
const states = { follower: 6, leader: 8 } as const;
const ticksPerMillisecond = 10_000;

export type Member = {
  readonly host: string;
  readonly port: number;
  readonly leads: boolean;
  readonly alive: boolean;
};

export const gossip = (members: () => readonly Member[]) => {
  const instance = randomUUID();
  return (now: number): Buffer =>
    message(
      ...members().map(({ host, port, leads, alive }) =>
        bytes(
          1,
          message(
            bytes(1, encodeUuid(instance, "structured")),
            integer(2, now * ticksPerMillisecond),
            integer(3, leads ? states.leader : states.follower),
            integer(4, alive ? 1 : 0),
            bytes(5, message(text(1, host), integer(2, port))),
          ),
        ),
      ),
    );
};
