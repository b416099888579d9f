/** What the environment says to the CLI. Every variable it listens to is here. */
type Environment = Readonly<Record<string, string | undefined>>;

/** `ASSAY_DATA`: the data folder of commands that read the store. */
export const dataDirIn = ({ ASSAY_DATA }: Environment): string => ASSAY_DATA || "data";

/**
 * What the services read as well: `EVENTSTORE_URL`, whose events are worked on where no data folder
 * is named; `KEYS_IN` (a folder, `nats` or `none`) and `NATS_URL`, for the words in them; `FILES_IN`
 * (a folder or `nats`), for what services sent.
 */
export const servicesIn = ({ EVENTSTORE_URL, FILES_IN, KEYS_IN, NATS_URL }: Environment) => ({
  store: EVENTSTORE_URL || undefined,
  keys: KEYS_IN || undefined,
  files: FILES_IN || undefined,
  nats: NATS_URL || undefined,
});

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
