/** A copy of this code in a folder, where a test may change it, with the packages of this one. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const house = join(import.meta.dirname, "../../..");

export const copyCode = (to: string): void => {
  for (const folder of ["packages", "services", "infra"])
    cpSync(join(house, folder), join(to, folder), { recursive: true, verbatimSymlinks: true });
  cpSync(join(house, "package.json"), join(to, "package.json"));
  symlinkSync(join(house, "node_modules"), join(to, "node_modules"));
};

/** Throws where the file does not hold what is to be replaced. */
export const changeCode = (file: string, from: string, to: string): void => {
  const before = readFileSync(file, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(file, after);
};
