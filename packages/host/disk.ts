/** Whether a folder's disk takes what is to be written, asked before anything is refused for it. */
import { statfs, utimes } from "node:fs/promises";

import { codeOf } from "./fault.ts";

/** In bytes: room for the largest append, the log it goes through first, and a service's notes. */
const leastRoom = 4_000_000;

export type Disk = "ok" | "disk-full" | "read-only";

export const diskOf = async (folder: string): Promise<Disk> => {
  try {
    // A disk that failed may look as if it could be written until somebody does.
    await utimes(folder, new Date(), new Date());
  } catch (error) {
    return codeOf(error) === "disk-full" ? "disk-full" : "read-only";
  }
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < leastRoom ? "disk-full" : "ok";
};
