/**
 * A whole store as one file, and back into a store of any kind. Events keep their order, so that
 * every proof holds as before; words stay sealed, and their keys are no part of the file.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { createInterface } from "node:readline";
import { once } from "node:events";

import type { Files } from "@assay/host/files.ts";
import type { EventStore, NewEvent } from "@assay/store/port.ts";

const format = "assay-export/2";
/** What earlier exports say: they hold no files. */
const formats: readonly unknown[] = [format, "assay-export/1"];

/** Something about the file, or what the store already holds, stands in the way. */
export class TransferRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TransferRefused";
  }
}

/** A file that a service sent, after the events: its digest, and its bytes in base64. */
type FileLine = { readonly file: string; readonly content: string };

export type Exported = {
  readonly events: number;
  readonly files: number;
  readonly sha256: string;
  /** Digests of files that are on record and were not there. */
  readonly missing: readonly string[];
};

type Line = NewEvent & { readonly stream: string; readonly revision: number };

/**
 * Writes every event, one a line, and every file that one speaks of, between a line with the format
 * and one with the digest.
 */
export const exportStore = async (
  store: Pick<EventStore, "readAll">,
  file: string,
  kept?: Pick<Files, "read">,
): Promise<Exported> => {
  const draft = `${file}.partial`;
  const out = createWriteStream(draft, { mode: 0o600, flush: true });
  const failed = once(out, "error").then(([error]) => {
    throw error as Error;
  });
  failed.catch(() => undefined);
  const hash = createHash("sha256");
  let events = 0;
  const named = new Set<string>();
  const missing: string[] = [];
  const write = async (value: unknown): Promise<void> => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    if (!out.write(line)) await Promise.race([once(out, "drain"), failed]);
  };
  await write({ format });
  for await (const page of store.readAll()) {
    for (const { stream, revision, id, type, data, metadata } of page) {
      await write({ stream, revision, id, type, data, metadata } satisfies Line);
      if (type === "SubmissionReceived") named.add(String(data["digest"]));
      events += 1;
    }
  }
  for (const digest of named) {
    const content = await kept?.read(digest);
    if (content === undefined) missing.push(digest);
    else await write({ file: digest, content: Buffer.from(content).toString("base64") });
  }
  const files = named.size - missing.length;
  const sha256 = hash.digest("hex");
  out.end(`${JSON.stringify({ events, files, sha256 })}\n`);
  await Promise.race([once(out, "close"), failed]);
  await rename(draft, file);
  return { events, files, sha256, missing };
};

/** Looks at all of the file before anything is written; throws TransferRefused for a part. */
const checkFile = async (file: string): Promise<Omit<Trailer, "sha256">> => {
  const hash = createHash("sha256");
  let last: string | undefined;
  let lines = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    if (last !== undefined) {
      if (lines === 0 && !formats.includes((parsed(last, 1) as { format?: unknown }).format))
        throw new TransferRefused(`${file} is no export: its first line does not say ${format}.`);
      hash.update(`${last}\n`);
      lines += 1;
    }
    last = line;
  }
  const end = last === undefined ? {} : (parsed(last, lines + 1) as Partial<Trailer>);
  const { events = -1, files = 0 } = end;
  if (end.sha256 !== hash.digest("hex") || events + files !== lines - 1) {
    throw new TransferRefused(`${file} is cut off or was changed: its last line does not fit.`);
  }
  return { events, files };
};

type Trailer = { readonly events: number; readonly files: number; readonly sha256: string };

const parsed = (line: string, number: number): object => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Said below, as for anything else that is no object.
  }
  throw new TransferRefused(`line ${number} is not a line of an export.`);
};

/**
 * Appends every event of the file to a store that holds nothing else. An import that was broken off
 * goes on where it was, because events keep their ids. Throws TransferRefused where something else
 * is in the way; what was imported until then stays.
 */
export const importStore = async (
  store: Pick<EventStore, "append" | "readAll">,
  file: string,
  {
    onProgress = () => undefined,
    kept,
  }: {
    readonly onProgress?: (done: number, of: number) => void;
    /** Where the files go that services sent. */
    readonly kept?: Pick<Files, "keep"> | undefined;
  } = {},
): Promise<{ readonly events: number; readonly files: number }> => {
  const { events, files } = await checkFile(file);
  if (files > 0 && !kept)
    throw new TransferRefused(`${file} holds ${files} files: say with FILES_IN where they go.`);
  let done = 0;
  let run: Line[] = [];
  const flush = async (): Promise<void> => {
    const [first] = run;
    if (!first) return;
    const { stream, revision } = first;
    const answer = await store.append(
      stream,
      run.map(bare),
      revision === 0 ? "none" : revision - 1,
    );
    if (!answer.appended) {
      const message = `${stream} holds other events than the export (revision ${answer.actual}).`;
      throw new TransferRefused(`${message} Import into an empty store.`);
    }
    done += run.length;
    onProgress(done, events);
    run = [];
  };
  let number = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    number += 1;
    if (number === 1 || number === events + files + 2) continue;
    if (number > events + 1) {
      await keepFile(kept!, parsed(text, number) as FileLine);
      continue;
    }
    const line = parsed(text, number) as Line;
    const [first] = run;
    if (first && (first.stream !== line.stream || run.length >= mostTogether)) await flush();
    run.push(line);
  }
  await flush();
  await refuseStrangers(store, events);
  return { events, files };
};

/** Throws TransferRefused where the bytes are not those that are named. */
const keepFile = async (kept: Pick<Files, "keep">, { file, content }: FileLine): Promise<void> => {
  if ((await kept.keep(new Uint8Array(Buffer.from(content, "base64")))) !== file)
    throw new TransferRefused(`the file ${file} is not what it is named after.`);
};

/** Events of one stream in a row go together, as long as they surely fit into one append. */
const mostTogether = 20;

const bare = ({ id, type, data, metadata }: Line): NewEvent => ({ id, type, data, metadata });

const refuseStrangers = async (store: Pick<EventStore, "readAll">, own: number): Promise<void> => {
  let found = 0;
  for await (const page of store.readAll()) found += page.length;
  if (found === own) return;
  throw new TransferRefused(`The store holds ${found} events, and the export ${own}.`);
};
