/**
 * The secrets of an installation as files: made once, kept when they are there, and the list of
 * whose commands count. A sealing key is exchanged in three steps, and everything runs at each.
 */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";

/** The console vouches for people; each service for what Assay itself owes. */
const vouching = {
  console: "people",
  announcement: "duties",
  fieldwork: "duties",
  panel: "duties",
  publication: "duties",
} as const;
export type EdgeName = keyof typeof vouching;
export const edgeNames = Object.keys(vouching) as readonly EdgeName[];

/** Where the servers are, as services reach them. */
export type Servers = {
  readonly nodes: readonly string[];
  /** The authority's file, as the services see it. */
  readonly storeCa: string | undefined;
  readonly nats: readonly string[];
  readonly natsCa: string | undefined;
};

export type Made = { readonly file: string; readonly what: string; readonly made: boolean };

const hex = (): string => randomBytes(32).toString("hex");

export const makeSecrets = (folder: string, servers: Servers): readonly Made[] => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keep = (file: string, what: string, content: () => string): Made => {
    const path = join(folder, file);
    const made = !existsSync(path);
    if (made) writeFileSync(path, `${content()}\n`, { mode: 0o600, flag: "wx" });
    return { file, what, made };
  };
  const read = (file: string): string => readFileSync(join(folder, file), "utf8").trim();
  const passwords = [
    keep("store-password", "of the user assay at the event store", hex),
    keep("nats-password", "of the user assay at NATS", hex),
  ];
  return [
    keep("sampling-secret", "samples are drawn from it: the same for ever", hex),
    keep("key-encryption-key", "wraps the keys of words: keep a copy apart", hex),
    ...passwords,
    keep("eventstore-url", "EVENTSTORE_URL", () => storeUrl(servers, read("store-password"))),
    keep("nats-url", "NATS_URL", () => natsUrl(servers, read("nats-password"))),
    keep("store-user.json", "the event store's user, to be posted to /users", () =>
      JSON.stringify({
        ...{ loginName: "assay", fullName: "Assay", groups: [] },
        password: read("store-password"),
      }),
    ),
    keep("nats-users.conf", "the accounts of NATS: include it in its configuration", () =>
      natsUsers(read("nats-password"), hex()),
    ),
    ...edgeNames.map((name) =>
      keep(`${name}-key`, `SEALING_KEY of ${name}`, () => newKey().trimEnd()),
    ),
    listed(folder),
  ];
};

const storeUrl = ({ nodes, storeCa }: Servers, password: string): string => {
  const tls = storeCa === undefined ? "?tls=false" : `?tlsCaFile=${storeCa}`;
  return `esdb://assay:${password}@${nodes.join(",")}${tls}`;
};

const natsUrl = ({ nats, natsCa }: Servers, password: string): string =>
  nats
    .map((host) => `${natsCa === undefined ? "nats" : "tls"}://assay:${password}@${host}`)
    .join(",");

/** An account of Assay's own with JetStream, and the one that servers tell of themselves in. */
const natsUsers = (password: string, ofSystem: string): string =>
  `accounts {
  ASSAY { jetstream: enabled, users: [{ user: assay, password: "${password}" }] }
  SYS { users: [{ user: system, password: "${ofSystem}" }] }
}
system_account: SYS`;

const newKey = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }) as string;

/** The list, from every key that is there: the one in use, the next one, the former one. */
const listed = (folder: string): Made => {
  const lines = edgeNames.flatMap((name) => {
    const own = join(folder, `${name}-key`);
    return [own, `${own}.next`, `${own}.former`].filter(existsSync).map((path) => {
      const signer = signerFrom(name, readFileSync(path, "utf8"));
      return `${vouching[name]} ${writeVerifierKey(verifierKeyOf(signer))}`;
    });
  });
  const [file, text] = ["trusted-edges", `${lines.join("\n")}\n`];
  const path = join(folder, file);
  const made = !existsSync(path) || readFileSync(path, "utf8") !== text;
  if (made) {
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return { file, what: "TRUSTED_EDGES of every service", made };
};

/** The next of three steps, and what is left to do before the one after it. */
export const renewEdge = (folder: string, name: EdgeName): string => {
  const key = join(folder, `${name}-key`);
  const [next, former] = [`${key}.next`, `${key}.former`];
  const step = (): string => {
    if (existsSync(former)) {
      rmSync(former);
      return "Step 3 of 3: the former key is gone. Give trusted-edges to every service; it is over.";
    }
    if (existsSync(next)) {
      renameSync(key, former);
      renameSync(next, key);
      return (
        `Step 2 of 3: ${name}-key is the new key. Give it to every replica of ${name}, start them ` +
        "again one after the other, and repeat this command."
      );
    }
    writeFileSync(next, newKey(), { mode: 0o600, flag: "wx" });
    return (
      "Step 1 of 3: both keys are in trusted-edges. Give it to every service, start them again " +
      "one after the other, and repeat this command."
    );
  };
  const said = step();
  listed(folder);
  return said;
};
