/** What an event store is like, for whoever sets an installation up and checks it. */
import { StoreFault } from "../port.ts";
import { connectTo } from "./client.ts";
import type { Client } from "./either-client.ts";
import { faultOf } from "./faults.ts";
import { within } from "./patience.ts";

const patience = 4_000;

/** Each host by itself, so that one that is away is not hidden by the others. */
export const nodesOf = (
  url: string,
): readonly { readonly host: string; readonly url: string }[] => {
  const [, before = "", hosts = "", after = ""] =
    /^((?:esdb|kurrentdb):\/\/(?:[^@/]*@)?)([^/?]*)([/?].*)?$/.exec(url) ?? [];
  return hosts
    .split(",")
    .filter(Boolean)
    .map((host) => ({ host, url: `${before}${host}${after}` }));
};

/** The version that the server says it is. Throws a StoreFault that says what stands in the way. */
export const versionOf = (url: string): Promise<string> =>
  withClient(url, async (client) => (await client.capabilities).serverVersion);

/** `url` has an administrator. Throws a StoreFault that says what stands in the way. */
export const letReadAll = (url: string, user: string): Promise<void> =>
  withClient(url, async (client) => {
    const acl = { readRoles: [user, "$admins"] };
    await client.setStreamMetadata("$all", { acl });
  });

const withClient = async <Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> => {
  const client = connectTo(url);
  try {
    return await within(patience, work(client));
  } catch (error) {
    throw error instanceof StoreFault ? error : faultOf(error);
  } finally {
    await within(1_000, client.dispose()).catch(() => undefined);
  }
};
