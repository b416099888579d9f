/**
 * The key-encryption key, which wraps every data key. It stands in a file that only its owner may
 * read, made at the first start, or is handed over by whoever runs Assay.
 */
import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

import { StoreFault } from "@assay/store/port.ts";

import { close, keyBytes, open } from "./box.ts";

export type MasterKey = {
  /** Tells keys apart and says nothing about them: of what wraps from now on. */
  readonly id: string;
  /** The ids of all that open, which are several while keys are exchanged. */
  readonly accepts: readonly string[];
  readonly wrap: (owner: string, key: Uint8Array) => Buffer;
  /** Throws a StoreFault when the wrapped key is not one of these, or was changed. */
  readonly unwrap: (owner: string, wrapped: Uint8Array) => Buffer;
  /** 64 hexadecimal digits: of what wraps from now on. */
  readonly secret: string;
  /** The same, wrapping by another one of these; undefined where it is none of them. */
  readonly wrappingBy: (id: string) => MasterKey | undefined;
};
type OneKey = Omit<MasterKey, "accepts" | "wrappingBy">;

/** The first wraps, and each opens. Throws a StoreFault for what is no key; it is not quoted. */
export const masterKeyFrom = (secrets: string): MasterKey =>
  together(secrets.trim().split(/\s+/).map(oneKeyFrom));

const together = (all: readonly OneKey[]): MasterKey => {
  const [first, ...others] = all as [OneKey, ...OneKey[]];
  return {
    ...first,
    accepts: all.map(({ id }) => id),
    unwrap: (owner, wrapped) => {
      for (const each of others) {
        const key = unwrapped(each, owner, wrapped);
        if (key) return key;
      }
      return first.unwrap(owner, wrapped);
    },
    wrappingBy: (id) => {
      const chosen = all.find((each) => each.id === id);
      return chosen && together([chosen, ...all.filter((each) => each !== chosen)]);
    },
  };
};

const oneKeyFrom = (secret: string): OneKey => {
  if (!/^[0-9a-f]{64}$/i.test(secret)) {
    const message = "a key-encryption key is 32 bytes, written as 64 hexadecimal digits";
    throw new StoreFault("denied", message, { retry: false });
  }
  const key = Buffer.from(secret, "hex");
  const digest = createHash("sha256").update("assay-master-key/1\n").update(key).digest("hex");
  const id = digest.slice(0, 16);
  return {
    id,
    wrap: (owner, dataKey) => close(key, dataKey, placeOf(owner)),
    unwrap: (owner, wrapped) => {
      try {
        return apart(open(key, Buffer.from(wrapped), placeOf(owner)));
      } catch (cause) {
        const message = `the data key of ${owner} was changed, or wrapped by another key`;
        throw new StoreFault("denied", message, { retry: false, cause });
      }
    },
    secret,
  };
};

/** Wraps as the others do by now. Throws a StoreFault where that key is none of these. */
export const wrappingAs = (
  master: MasterKey,
  { by, place }: { readonly by: string; readonly place: string },
): MasterKey => {
  const found = master.wrappingBy(by);
  if (found) return found;
  const message =
    `${place}: its keys are wrapped by the key-encryption key ${by}, ` +
    `and this one is ${master.accepts.join(" or ")}`;
  throw new StoreFault("denied", message, { retry: false });
};

/** Undefined for a key that another one wraps, or that was changed: it is lost, and no other. */
export const unwrapped = (
  master: Pick<MasterKey, "unwrap">,
  owner: string,
  wrapped: Uint8Array,
): Buffer | undefined => {
  try {
    return master.unwrap(owner, wrapped);
  } catch (error) {
    if (error instanceof StoreFault) return undefined;
    throw error;
  }
};

/** Small buffers share memory of 64 KiB, all of which would stay for as long as one key is kept. */
const apart = (bytes: Uint8Array): Buffer => {
  const own = Buffer.alloc(bytes.length);
  own.set(bytes);
  return own;
};

const placeOf = (owner: string): string => `assay-wrap/1\n${owner}`;

export const newMasterKey = (): MasterKey => masterKeyFrom(randomBytes(keyBytes).toString("hex"));

/** Throws a StoreFault where there is none. */
export const readMasterKey = (file: string): MasterKey => {
  if (!existsSync(file)) {
    const message = `there is no key-encryption key at ${file}: put it back, or say where it is`;
    throw new StoreFault("denied", message, { retry: false });
  }
  return masterKeyFrom(readFileSync(file, "utf8").trim());
};

/** Readable by its owner alone; under its final name it is complete, whatever happens. */
export const writeMasterKey = (file: string, { secret }: MasterKey): void => {
  renameSync(draftOf(file, secret), file);
};

/** Makes the first key of a folder, unless somebody else was quicker. */
export const claimMasterKey = (file: string): void => {
  if (existsSync(file)) return;
  const draft = draftOf(file, newMasterKey().secret);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
};

const draftOf = (file: string, secret: string): string => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flush: true });
  return draft;
};
