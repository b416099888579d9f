/** What the environment says to the CLI. Every variable it listens to is here. */
import type { Environment } from "@assay/host/environment.ts";

/** `ASSAY_DATA`: the data folder of commands that read the store; a service's own beside it. */
export const dataDirIn = ({ ASSAY_DATA, DATA_DIR }: Environment): string =>
  ASSAY_DATA || DATA_DIR || "data";

/**
 * `ASSAY_ENGINE`: where a running engine answers. `ASSAY_TOKEN` is what it knows a program by,
 * `ASSAY_AS` in the demonstration whom to act as.
 */
export const engineIn = ({ ASSAY_ENGINE, ASSAY_TOKEN, ASSAY_AS }: Environment) => ({
  url: ASSAY_ENGINE || "http://127.0.0.1:4600",
  token: ASSAY_TOKEN || undefined,
  as: ASSAY_AS || undefined,
});

/** `CALENDAR_DOMAIN`: the same as the console's, so that both name an entry alike. */
export const calendarDomainIn = ({ CALENDAR_DOMAIN }: Environment) => CALENDAR_DOMAIN || undefined;

/** `NO_COLOR` (no-color.org): set to anything, it declines colours. */
export const wantsColour = ({ NO_COLOR, TERM }: Environment, isScreen: boolean): boolean =>
  isScreen && !NO_COLOR && TERM !== "dumb";

/** Where somebody typed the command: npm moves to the project's folder and says where it was. */
export const folderIn = (
  { npm_lifecycle_event, INIT_CWD }: Environment,
  workingFolder: string,
): string => (npm_lifecycle_event === "assay" && INIT_CWD ? INIT_CWD : workingFolder);
