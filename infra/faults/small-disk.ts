/** A disk of its own, small enough to be filled to the last byte. Root alone can mount one. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SmallDisk = {
  readonly folder: string;
  /** Leaves room for so many bytes, and no more. */
  readonly fill: (room?: number) => void;
  readonly empty: () => void;
  /** Takes no more writes, or takes them again. Only while no file is open for writing. */
  readonly remount: (how: "ro" | "rw") => void;
  readonly remove: () => void;
};

const ran = (...[program, ...given]: readonly [string, ...string[]]): boolean =>
  spawnSync(program, given, { stdio: "ignore" }).status === 0;

/** Undefined where this machine lets nobody mount one. */
export const openSmallDisk = (megabytes: number): SmallDisk | undefined => {
  const folder = mkdtempSync(join(tmpdir(), "assay-disk-"));
  if (!ran("mount", "-t", "tmpfs", "-o", `size=${megabytes}m`, "assay-disk", folder)) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill: (room = 0) => fillUp(ballast, folder, room),
    empty: () => rmSync(ballast, { force: true }),
    remount: (how) => {
      if (!ran("mount", "-o", `remount,${how}`, folder)) throw new Error(`${folder} is in use`);
    },
    remove: () => {
      if (!ran("umount", folder)) ran("umount", "--lazy", folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const fillUp = (ballast: string, folder: string, room: number): void => {
  const file = openSync(ballast, "a");
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(folder);
      const left = bavail * bsize - room;
      if (left <= 0) return;
      writeSync(file, Buffer.alloc(Math.min(left, 1_000_000)));
    }
  } finally {
    closeSync(file);
  }
};
