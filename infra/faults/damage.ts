/**
 * What a data folder looks like after the whole system has ended without warning. Whatever SQLite
 * had made the disk write is there; of the services' own files the rest may be missing, because
 * nothing of theirs is the only copy.
 */
import {
  appendFileSync,
  closeSync,
  cpSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";

import type { RandomStream } from "@assay/domain/sampling/stream.ts";
import { storePath } from "@assay/embedded/data-folder.ts";

import type { Crash } from "./scenario.ts";

/** Held by a process, and gone with it. */
const isHeld = (file: string): boolean => /-shm$|\.lock(-journal)?$/.test(file);

/** All file access of the engine is within one turn of the event loop, so a copy is a moment. */
export const filesAfter = (
  how: Crash["how"],
  {
    from,
    to,
    chance,
  }: { readonly from: string; readonly to: string; readonly chance: RandomStream },
): void => {
  cpSync(from, to, { recursive: true, filter: (file) => !isHeld(file) });
  if (how === "kill") return;
  const store = basename(storePath(to));
  for (const file of readdirSync(to)) {
    if (!file.includes(".sqlite") || file.startsWith(store)) continue;
    if (how === "wipe") rmSync(join(to, file));
    else if (how === "cut" && file.endsWith("-wal")) loseTail(join(to, file), chance);
  }
  if (how === "mangle") mangle(to, chance);
  if (how === "cut") tear(join(to, `${store}-wal`), chance);
};

/** The log was not yet on the disk from some byte on. */
const loseTail = (file: string, chance: RandomStream): void =>
  truncateSync(file, chance.below(statSync(file).size + 1));

/** A transaction that was being written: some of it, and none of it acknowledged. */
const tear = (file: string, chance: RandomStream): void =>
  appendFileSync(
    file,
    Uint8Array.from({ length: chance.below(6000) }, () => chance.below(256)),
  );

const pageSize = 4096;

/** Some page of the file holds anything. */
export const damagePage = (file: string, chance: RandomStream): void => {
  const pages = Math.floor(statSync(file).size / pageSize);
  const bytes = Uint8Array.from({ length: pageSize }, () => chance.below(256));
  const handle = openSync(file, "r+");
  writeSync(handle, bytes, 0, pageSize, chance.below(pages) * pageSize);
  closeSync(handle);
};

/** One of the services' own files is damaged, its log included. */
const mangle = (folder: string, chance: RandomStream): void => {
  const files = derivedIn(folder);
  const file = files[chance.below(files.length)];
  if (file === undefined) return;
  rmSync(`${file}-wal`, { force: true });
  if (statSync(file).size >= pageSize) damagePage(file, chance);
};

/** The services' own files, which are made from the events. */
export const derivedIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".sqlite") && name !== basename(storePath(folder)))
    .filter((name) => !name.startsWith("keys"))
    .map((name) => join(folder, name));
