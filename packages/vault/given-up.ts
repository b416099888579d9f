/**
 * That keys of an inspection are given up: whoever is responsible says that what is lost is not
 * waited for. From then on new words are closed with other keys, which stand beside the lost ones:
 * a lost key that turns up later opens its words again.
 */
import { fact } from "@assay/domain/kernel/fact.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Keys, KeyStore } from "./key-store.ts";

/** No step's fact: it holds no words, and no rule asks for it. */
export const KeysGivenUp = fact("KeysGivenUp", {});

export const givenUpStream = (inspection: InspectionId): string => `given-up-${inspection}`;

/** Whether the keys of the inspection to which this stream belongs are given up. */
export const isGivenUp = async (
  store: Pick<EventStore, "read">,
  stream: string,
): Promise<boolean> => {
  const inspection = inspectionOf(stream);
  if (inspection === undefined) return false;
  for await (const page of store.read(givenUpStream(inspection)))
    if (page.some(({ type }) => type === "KeysGivenUp")) return true;
  return false;
};

/** Under which name the key stands that is used in the place of a lost one. */
export const successorOf = (owner: string): string => `${owner}~`;

/** The keys in the places of these owners' keys, by the owners; where there are any. */
export const successorsOf = async (
  keys: Pick<KeyStore, "find">,
  owners: Iterable<string>,
): Promise<Keys> => byOwner(owners, (names) => keys.find(names));

/** The same, made where they are missing. */
export const makeSuccessorsOf = async (
  keys: Pick<KeyStore, "findOrMake">,
  owners: Iterable<string>,
): Promise<Keys> => byOwner(owners, (names) => keys.findOrMake(names));

const byOwner = async (
  owners: Iterable<string>,
  find: (names: readonly string[]) => Promise<Keys>,
): Promise<Keys> => {
  const names = new Map([...owners].map((owner) => [successorOf(owner), owner]));
  const found = await find([...names.keys()]);
  return new Map([...found].map(([name, key]) => [names.get(name)!, key]));
};
