/** What an event store is like, for whoever checks an installation. It writes nothing. */
import { StoreFault } from "../port.ts";
import { connectTo } from "./client.ts";
import { faultOf } from "./faults.ts";
import { within } from "./patience.ts";

const patience = 4_000;

/** Each host by itself, so that one that is away is not hidden by the others. */
export const nodesOf = (
  url: string,
): readonly { readonly host: string; readonly url: string }[] => {
  const [, before = "", hosts = "", after = ""] =
    /^(esdb:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(url) ?? [];
  return hosts
    .split(",")
    .filter(Boolean)
    .map((host) => ({ host, url: `${before}${host}${after}` }));
};

/** The version that the server says it is. Throws a StoreFault that says what stands in the way. */
export const versionOf = async (url: string): Promise<string> => {
  const client = connectTo(url);
  // The client asks for it before it decides which calls to use, and shows it to nobody.
  const asking = client as unknown as {
    readonly capabilities: Promise<{ readonly serverVersion: string }>;
  };
  try {
    return (await within(patience, asking.capabilities)).serverVersion;
  } catch (error) {
    throw error instanceof StoreFault ? error : faultOf(error);
  } finally {
    await within(1_000, client.dispose()).catch(() => undefined);
  }
};
