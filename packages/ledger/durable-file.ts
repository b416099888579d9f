/** Files whole under their name: after a crash a reader finds the former one or the new one. */
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Durable once it resolves. The file's folder is made where there is none. */
export const replaceFile = async (
  path: string,
  content: string | Uint8Array,
  { mode = 0o600 } = {},
): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${crypto.randomUUID()}.draft`;
  try {
    await writeFile(draft, content, { flag: "wx", mode, flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
};

/** Undefined where there is no such file. */
export const readIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

/** A file's name is durable only once its folder is. */
export const syncFolder = async (folder: string): Promise<void> => {
  // Windows opens no folder, and writes their changes through.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
