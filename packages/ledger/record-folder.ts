/**
 * The ledger's records as files, one for each inspection, apart from the store. A record is
 * replaced whole and durably: after a crash a reader finds the former one or the new one.
 */
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { readIfThere, replaceFile } from "./durable-file.ts";
import { malformed } from "./fault.ts";
import type { LogRecord } from "./integrity.ts";

export type RecordFolder = {
  /** Undefined when there is none. Throws a LedgerFault `malformed` when it cannot be read. */
  readonly read: (inspection: string) => Promise<LogRecord | undefined>;
  readonly write: (record: LogRecord) => Promise<void>;
  /** The inspections that have a record, in alphabetical order. */
  readonly inspections: () => Promise<readonly string[]>;
};

const suffix = ".record.json";

/** Records in `folder`, which is made when it is not there. */
export const openRecordFolder = async (folder: string): Promise<RecordFolder> => {
  await mkdir(folder, { recursive: true });
  return {
    read: (inspection) => readRecord(join(folder, fileOf(inspection)), inspection),
    write: async (record) => {
      await replaceFile(join(folder, fileOf(record.inspection)), JSON.stringify(record));
    },
    inspections: async () =>
      (await readdir(folder))
        .filter((name) => name.endsWith(suffix))
        .map((name) => name.slice(0, -suffix.length))
        .toSorted(),
  };
};

/** Another text once the record was written again. Throws where there is none. */
export const recordState = async (folder: string, inspection: string): Promise<string> => {
  const { mtimeMs, size, ino } = await stat(join(folder, fileOf(inspection)));
  return `${mtimeMs} ${size} ${ino}`;
};

/** An inspection's id is lower-case letters, digits and hyphens: nothing that leads elsewhere. */
const fileOf = (inspection: string): string => {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(inspection)) {
    throw malformed(`not an inspection's id: ${inspection}`);
  }
  return `${inspection}${suffix}`;
};

const readRecord = async (path: string, inspection: string): Promise<LogRecord | undefined> => {
  const content = await readIfThere(path);
  return content && parseRecord(content.toString("utf8"), inspection);
};

const parseRecord = (text: string, inspection: string): LogRecord => {
  let record: Partial<LogRecord> | null;
  try {
    record = JSON.parse(text) as Partial<LogRecord> | null;
  } catch (cause) {
    throw malformed(`the record of ${inspection} is damaged`, cause);
  }
  const readable =
    record?.format === "assay-record/1" &&
    record.inspection === inspection &&
    Array.isArray(record.events) &&
    Array.isArray(record.checkpoints);
  if (!readable) throw malformed(`the record of ${inspection} is damaged`);
  return record as LogRecord;
};
