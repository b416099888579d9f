/** What the embedded engine reads from its environment. */
import { readFileSync } from "node:fs";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `ASSAY_KEY_ENCRYPTION_KEY`, or what is in the file that `ASSAY_KEY_ENCRYPTION_KEY_FILE` names:
 * 64 hexadecimal digits that wrap the data keys, for those who keep them apart from the data.
 */
export const masterKeyIn = ({
  ASSAY_KEY_ENCRYPTION_KEY: key,
  ASSAY_KEY_ENCRYPTION_KEY_FILE: file,
}: Environment): string | undefined =>
  key || (file ? readFileSync(file, "utf8").trim() : undefined);
