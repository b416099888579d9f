/** Where things stand in a data folder, for those who read it beside the engine. */
import { join } from "node:path";

export const storePath = (dataDir: string): string => join(dataDir, "events.sqlite");

/** What signs who looked at what; both belong into every backup. */
export const accessKeysFolder = (dataDir: string): string => join(dataDir, "secrets", "access-log");
