/** The keys that services on several machines keep in NATS, for as long as a command needs them. */
import { connectNats } from "@assay/bus/nats-connection.ts";
import type { NatsOptions } from "@assay/bus/nats-options.ts";
import { type MasterKey, masterKeyFrom } from "@assay/vault/master-key.ts";
import { type NatsKeys, openNatsKeys } from "@assay/vault/nats-keys.ts";

import { Refused, WrongUsage } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

/** Throws WrongUsage where a setting says `nats` and none is named. */
export const natsFor = (setting: string, { services }: Terminal): NatsOptions => {
  if (services?.nats) return services.nats;
  throw new WrongUsage(`${setting} is nats: NATS_URL is needed as well.`);
};

const connectTo = (nats: NatsOptions) =>
  connectNats({ ...nats, name: "assay-vault" }).catch((cause: Error) => {
    throw new Refused(`${cause.message}. Is it there, and is the address right?`, [], { cause });
  });

/**
 * Works on the keys in NATS, under the key-encryption key that was handed over. `begins`: where
 * there are none, they begin empty, as a restoring wants it.
 */
export const withNatsKeys = async <Result>(
  nats: NatsOptions,
  { masterKey, services }: Terminal,
  work: (keys: NatsKeys, master: MasterKey) => Promise<Result>,
  { begins = false } = {},
): Promise<Result> => {
  if (masterKey === undefined) {
    throw new Refused(
      "Hand over the key-encryption key of the services: ASSAY_KEY_ENCRYPTION_KEY, or\n" +
        "ASSAY_KEY_ENCRYPTION_KEY_FILE with the name of a file that holds it.",
    );
  }
  const master = masterKeyFrom(masterKey);
  const replicas = services?.replicas ?? 1;
  const begin = async (): Promise<boolean> => begins;
  const connection = await connectTo(nats);
  try {
    return await work(await openNatsKeys({ connection, master, replicas, begin }), master);
  } finally {
    await connection.close();
  }
};
