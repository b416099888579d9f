/** What is of an installation's own making: its keys, secrets, publisher, mail, provider, disks. */
import { readMailServer } from "@assay/announcement/config.ts";
import { greet } from "@assay/announcement/mail.ts";
import { checkIdentity } from "@assay/console/identity/check.ts";
import { diskOf } from "@assay/host/disk.ts";
import type { Environment } from "@assay/host/environment.ts";
import type { Secrets } from "@assay/host/membership.ts";
import {
  agreedIn,
  differences,
  filesToAgree,
  fingerprint,
  keysToAgree,
} from "@assay/host/installation.ts";
import { edgeFrom, standingIn, trustedEdgesIn } from "@assay/host/seal.ts";
import { publisherIn } from "@assay/publication/office.ts";
import { keysFolder, siteFolder } from "@assay/publication/publishing.ts";
import { dataKeysPath, masterKeyOf, openKeysToRead } from "@assay/vault/key-folder.ts";
import type { KeyRow } from "@assay/vault/key-store.ts";
import { type MasterKey, unwrapped } from "@assay/vault/master-key.ts";
import { existsSync, readdirSync } from "node:fs";

import { remoteStore } from "./event-store.ts";
import { type Finding, finding, note, ok, unset, wrong } from "./examined.ts";
import { keyPlaceOf } from "./key-place.ts";
import { withNatsKeys } from "./nats-keys.ts";
import type { Terminal } from "./terminal.ts";

const bringKeys = "bring the right key back, or the keys with assay vault restore";

export const keyFindings = (terminal: Terminal): Promise<readonly Finding[]> =>
  finding("keys", bringKeys, async () => {
    const { services } = terminal;
    if (services?.keys === undefined) return unset("keys", "KEYS_IN is not set here");
    if (services.keys === "none")
      return note("keys", "words are not sealed", "KEYS_IN=nats before real words are written");
    const { nats, folder } = keyPlaceOf({}, terminal);
    if (nats)
      return withNatsKeys(nats, terminal, async (keys, master) =>
        opened(await keys.rows(), master),
      );
    if (!existsSync(dataKeysPath(folder))) return ok("keys", `none yet in ${folder}`);
    const keys = openKeysToRead(folder, { secret: terminal.masterKey });
    try {
      return opened(keys.rows(), masterKeyOf(folder, { secret: terminal.masterKey }));
    } finally {
      keys.close();
    }
  });

const opened = (rows: readonly KeyRow[], master: MasterKey): Finding => {
  const kept = rows.filter(({ wrapped }) => wrapped !== null);
  const shut = kept.filter(({ owner, wrapped }) => !unwrapped(master, owner, wrapped!));
  const told = `${kept.length} keys, ${kept.length - shut.length} open with ${master.id}`;
  if (shut.length === 0) return ok("keys", told);
  return wrong("keys", `${told}; the first that does not: ${shut[0]!.owner}`, bringKeys);
};

export const secretFindings = ({
  SAMPLING_SECRET: sampling,
  SEALING_KEY: sealing,
  TRUSTED_EDGES: edges,
}: Secrets): readonly Finding[] => {
  const secret =
    sampling === undefined
      ? unset("sampling secret", "SAMPLING_SECRET is not set here")
      : ok("sampling secret", `${fingerprint(sampling)}, the same on every replica`);
  if (sealing === undefined || edges === undefined)
    return [secret, unset("sealing key", "SEALING_KEY and TRUSTED_EDGES are not set here")];
  return [secret, standing(sealing, edges)];
};

const standing = (sealing: string, edges: string): Finding => {
  const mine = standingIn(trustedEdgesIn(edges), edgeFrom("own", sealing));
  return mine === undefined
    ? wrong("sealing key", "it does not stand in TRUSTED_EDGES", "assay setup, and its list")
    : ok("sealing key", `trusted for ${mine.vouchesFor.join(" and ")} as ${mine.name}`);
};

/** What this process has, beside what the others recorded. */
export const installationFindings = (
  { SAMPLING_SECRET: sampling }: Secrets,
  { services }: Terminal,
): Promise<readonly Finding[]> =>
  finding("installation", "docs/cluster.md", async () => {
    if (services?.store === undefined) return unset("installation", "EVENTSTORE_URL is not set");
    const store = remoteStore(services.store);
    try {
      const { agreed } = await agreedIn(store);
      const found = differences(agreed, {
        ...(services.keys !== undefined && keysToAgree(services.keys)),
        ...(sampling !== undefined && { SAMPLING_SECRET: fingerprint(sampling) }),
        ...(services.files !== undefined && filesToAgree(services.files)),
      });
      const mend = "set here what the others have, or INSTALLATION_CHANGES=yes";
      if (found.length > 0) return found.map((each) => wrong("installation", each, mend));
      return agreed.size === 0
        ? note("installation", "nothing is recorded yet", "the first start records it")
        : ok("installation", `${[...agreed.keys()].join(", ")}: the same here, where set`);
    } finally {
      await store.close();
    }
  });

export const publisherFindings = async (
  secrets: Secrets,
  { services }: Terminal,
): Promise<readonly Finding[]> => {
  const url = services?.store;
  if (url === undefined) return [];
  const office = await finding("publisher", "mend EVENTSTORE_URL, or the server", async () => {
    const store = remoteStore(url);
    try {
      const found = await publisherIn(store);
      return found === undefined
        ? note("publisher", "nobody has published yet", "PUBLISHES=yes on one of publication's")
        : ok("publisher", `${found.host} signs with ${found.key}`);
    } finally {
      await store.close();
    }
  });
  const folder = services?.publishing ?? secrets.DATA_DIR;
  if (secrets.PUBLISHES !== "yes" || folder === undefined) return office;
  const keys = keysFolder(folder);
  const signing = existsSync(keys) && readdirSync(keys).length > 0;
  const handed = secrets.SIGNING_KEY ?? secrets.SIGNING_AGENT;
  return [
    ...office,
    signing || handed !== undefined
      ? ok("signing key", handed === undefined ? `in ${keys}` : "handed over")
      : note("signing key", `none in ${keys}`, "the first start makes it; copy it then"),
    ...(await writable("publisher's folder", folder)),
    ...(existsSync(siteFolder(folder)) ? await writable("site", siteFolder(folder)) : []),
  ];
};

export const writable = (what: string, folder: string): Promise<readonly Finding[]> =>
  finding(what, `make room in ${folder}, or let this user write there`, async () => {
    if (!existsSync(folder)) return wrong(what, `there is no ${folder}`, "make it, or mount it");
    const disk = await diskOf(folder);
    return disk === "ok" ? ok(what, folder) : wrong(what, `${folder}: ${disk}`, "mend the disk");
  });

export const mailFindings = (environment: Environment): Promise<readonly Finding[]> =>
  finding("mail", "mend SMTP_URL and what belongs to it; docs/programme.md", async () => {
    const server = readMailServer(environment);
    if (server === undefined) return unset("mail", "SMTP_URL is not set here");
    await greet(server);
    return `${server.url.host} takes letters from ${server.from}`;
  });

export const identityFindings = ({ identity }: Terminal): Promise<readonly Finding[]> =>
  finding("sign-in", "mend OIDC_ISSUER and what belongs to it; docs/identity.md", async () => {
    const { identity: provider, url } = identity?.() ?? {};
    if (!provider) return unset("sign-in", "OIDC_ISSUER is not set here");
    const found = await checkIdentity(provider, url!);
    return found.map(({ what, well, said }) =>
      well === false
        ? wrong(`sign-in: ${what}`, said, "docs/identity.md")
        : ok(`sign-in: ${what}`, said),
    );
  });
