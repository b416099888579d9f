/** What SQLite and the system report of a disk, as the faults of the port. */
import { StoreFault } from "../port.ts";

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const codes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  notADatabase: 26,
} as const;

export const guarded = <T>(path: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw faultOf(path, error);
  }
};

/** What the system answers where a disk takes nothing. */
const systemCodes: Readonly<Record<string, number>> = {
  ENOSPC: codes.full,
  EDQUOT: codes.full,
  EROFS: codes.readOnly,
};

/** A write that the system refused for another reason than want of room: a disk that failed. */
const failedWrite = 778;

const codeIn = (error: Error): number | undefined => {
  if ("errcode" in error)
    return error.errcode === failedWrite ? codes.readOnly : Number(error.errcode) & 0xff;
  return "code" in error ? systemCodes[String(error.code)] : undefined;
};

/** Anything that neither SQLite nor a disk reported is passed on as it is. */
export const faultOf = (path: string, error: unknown): unknown => {
  const code = error instanceof Error ? codeIn(error) : undefined;
  if (code === undefined) return error;
  const fault = (kind: StoreFault["code"], what: string, retry: boolean): StoreFault =>
    new StoreFault(kind, `${path}: ${what}`, { retry, cause: error });
  switch (code) {
    case codes.full:
      return fault("disk-full", "there is no room left; nothing was stored", false);
    case codes.readOnly:
      return fault("read-only", "the data cannot be written: check its owner and its disk", false);
    case codes.cantOpen:
      return fault("unavailable", "cannot be opened: check that its folder can be written", false);
    case codes.corrupt:
    case codes.notADatabase:
      return fault("corrupt", "is damaged or not a file of Assay's; restore it from a copy", false);
    case codes.busy:
    case codes.locked:
      return fault("locked", "is in use by another process", true);
    case codes.ioError:
      return fault("unavailable", `reading or writing failed (${String(error)})`, true);
    default:
      return error;
  }
};
