/** The server that an address names, as it is reached without the official client. */
import { readFileSync } from "node:fs";

import { GossipClient } from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import gossip from "@eventstore/db-client/generated/gossip_pb.js";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import { type ChannelCredentials, credentials, Metadata } from "@grpc/grpc-js";

const parts = /^(\w+:\/\/)(?:([^@/]*)@)?([^/?]*)(.*)$/;

const partsOf = (url: string) => {
  const [, scheme = "", user, hosts = "", rest = ""] = parts.exec(url) ?? [];
  return { scheme, user, hosts: hosts.split(","), rest };
};

/** Who calls, by the address; an insecure server takes anybody. */
export const userIn = (url: string): { readonly username: string; readonly password: string } => {
  const [username = "a", password = "b"] = (partsOf(url).user ?? "").split(":").filter(Boolean);
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
};

/** The same address with one host in place of all. */
export const withHost = (url: string, host: string): string => {
  const { scheme, user, rest } = partsOf(url);
  return `${scheme}${user === undefined ? "" : `${user}@`}${host}${rest}`;
};

export const hostOf = (url: string): { readonly host: string; readonly port: number } => {
  const [first] = partsOf(url).hosts;
  const { hostname, port } = new URL(`http://${first}`);
  return { host: hostname, port: Number(port || 2113) };
};

export type Wire = {
  readonly address: string;
  readonly credentials: ChannelCredentials;
  /** Who calls. */
  readonly metadata: () => Metadata;
};

/** With TLS and the user that the address names. Of several hosts the first. */
export const wireTo = (url: string): Wire => {
  const { user, rest } = partsOf(url);
  const options = new URLSearchParams(rest.replace(/^\/?\??/, "").toLowerCase());
  const [, authority] = /[?&]tlsCAFile=([^&]*)/i.exec(rest) ?? [];
  const roots = authority === undefined ? null : readFileSync(decodeURIComponent(authority));
  const { host, port } = hostOf(url);
  return {
    address: `${host}:${port}`,
    credentials:
      options.get("tls") === "false" ? credentials.createInsecure() : credentials.createSsl(roots),
    metadata: () => {
      const metadata = new Metadata();
      const named = user === undefined ? undefined : user.split(":").map(decodeURIComponent);
      const token = named && Buffer.from(named.join(":")).toString("base64");
      if (token !== undefined) metadata.set("authorization", `Basic ${token}`);
      return metadata;
    },
  };
};

/** Of several hosts the one that leads, by what the first that answers says. */
export const leaderOf = async (url: string): Promise<string> => {
  const { hosts } = partsOf(url);
  if (hosts.length === 1) return url;
  for (const host of hosts) {
    const leader = await leaderBy(wireTo(withHost(url, host)));
    if (leader !== undefined) return withHost(url, leader);
  }
  throw new Error(`none of ${hosts.join(", ")} says who leads`);
};

const leaderBy = ({ address, credentials: wire, metadata }: Wire): Promise<string | undefined> =>
  new Promise((resolve) => {
    const client = new GossipClient(address, wire);
    client.read(new shared.Empty(), metadata(), (_error, cluster) => {
      client.close();
      const { LEADER } = gossip.MemberInfo.VNodeState;
      const leader = cluster
        ?.getMembersList()
        .find((member) => member.getIsAlive() && member.getState() === LEADER)
        ?.getHttpEndPoint();
      resolve(leader && `${leader.getAddress()}:${leader.getPort()}`);
    });
  });
