/** Where a command reads and writes. `main.ts` makes the real one, tests make their own. */
import type { ConsoleSettings } from "@assay/console/config.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Environment } from "@assay/host/environment.ts";
import type { Installation } from "@assay/host/membership.ts";

export type Terminal = {
  /** Results, and nothing else: what a pipe gets. */
  readonly out: (text: string) => void;
  /** Words to the person at the keyboard. */
  readonly err: (text: string) => void;
  readonly stdin: () => Promise<Uint8Array>;
  /** A file's name as it was typed, from the folder in which it was typed. */
  readonly pathOf: (name: string) => string;
  /** Where the store is unless `--data` says otherwise. */
  readonly dataDir: string;
  /** Services of their own. Throws `Misconfigured`, as `masterKey` does. */
  readonly services?: Installation;
  /** What the process was given, for whoever checks all of it. */
  readonly environment?: Environment;
  /** Where a running engine answers unless `--engine` says otherwise, and who asks it. */
  readonly engine: {
    readonly url: string;
    readonly token?: string | undefined;
    readonly as?: string | undefined;
  };
  /** The console's settings of who signs in. Throws `Misconfigured`. */
  readonly identity?: () => Pick<ConsoleSettings, "identity" | "url">;
  /** What makes names in calendars unique, unless it is Assay's own. */
  readonly calendarDomain?: string | undefined;
  /** The key-encryption key, where it is not kept in the data folder. */
  readonly masterKey?: string | undefined;
  /** Results go to a screen that shows colours, and the person has not declined them. */
  readonly colour: boolean;
  /** Words go to a screen, on which a line may be written over. */
  readonly screen: boolean;
  readonly now: () => Instant;
  /** Characters across. */
  readonly width: number;
};

/** 0: done. 1: refused, or not equal. 2: wrong usage. */
export type Status = 0 | 1 | 2;

/** A line on the screen that is written over, and gone at the end. Elsewhere it says nothing. */
export const progressOn = ({ err, screen, width }: Terminal) => ({
  show: (line: string): void => {
    if (screen) err(`\r\u001B[2K${line.slice(0, width - 1)}`);
  },
  end: (): void => {
    if (screen) err("\r\u001B[2K");
  },
});

/** Text in a weight or a colour, where colours are shown. Nothing is said by colour alone. */
export const inkOf = ({ colour }: Pick<Terminal, "colour">) => {
  const paint = (code: number) => (text: string) =>
    colour ? `\u001B[${code}m${text}\u001B[0m` : text;
  return { bold: paint(1), faint: paint(2), red: paint(31), green: paint(32), amber: paint(33) };
};
