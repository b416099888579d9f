/** What the announcement service reads from its environment, and from the file it names there. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

import { Role } from "@assay/domain/kernel/actor.ts";
import { type Rhythm, usualRhythm } from "@assay/domain/reminders/state.ts";
import {
  consoleUrl,
  type Environment,
  Misconfigured,
  publisherUrl,
  readEnvironment,
  standaloneOn,
} from "@assay/host/environment.ts";
import { z } from "zod";

import type { AddressBook } from "./address-book.ts";
import { type MailServer, mailing } from "./mail.ts";
import { type Delivery, type MailedOptions, mailedDelivery } from "./reminding.ts";

const what = "at least 32 bytes as hexadecimal digits, the same for every replica and for ever";

const mailServer = z.string().transform((given, context): URL => {
  const url = URL.parse(given);
  const add = (message: string): never => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname)
    return add("must be smtps:// (or smtp://), a host and perhaps a port");
  if (url.username || url.password)
    return add("must not hold a user or a password: SMTP_USER and SMTP_PASSWORD do");
  return url;
});

/** So many working days, most of them after the date: a reminder that is rarer is no reminder. */
const farthest = 60;

const rhythm = z
  .string()
  .default(usualRhythm.join(","))
  .transform((given, context): Rhythm => {
    const days = given.split(",").map((each) => Number(/^ *-?\d{1,3} *$/.test(each) ? each : NaN));
    const rising = days.every((day, at) => at === 0 || day > days[at - 1]!);
    if (rising && days.every((day) => Math.abs(day) <= farthest)) return days;
    context.addIssue({
      code: "custom",
      message:
        `must be working days from the date, from -${farthest} to ${farthest}, each later than ` +
        `the one before, with commas between, such as ${usualRhythm.join(",")}`,
    });
    return z.NEVER;
  });

const ofAscii =
  "must be an e-mail address in ASCII: write an international domain as DNS has it (xn--…)";

/** An address, or a name and an address in angle brackets. */
const sender = z
  .string()
  .regex(/^([^<>@\r\n]+ <[!-;=?A-~]+@[!-;=?A-~]+>|[!-;=?A-~]+@[!-;=?A-~]+)$/, ofAscii);

/** How reminders are sent: by e-mail once a server is named; until then they are logged. */
const reminding = {
  /** When people are reminded; the same for every replica. */
  REMINDER_DAYS: rhythm,
  SMTP_URL: mailServer.optional(),
  /** Path of a PEM file: the authority of the server's certificate, where it is your own. */
  SMTP_TLS_CA: z.string().min(1).optional(),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  /** What the server is told that this machine is called; its own name by default. */
  SMTP_NAME: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, "must be this machine's name, as DNS has it")
    .optional(),
  /** Whom letters come from: an address, or a name and an address in angle brackets. */
  MAIL_FROM: sender.optional(),
  /** Where answers go; to `MAIL_FROM` by default. */
  MAIL_REPLY_TO: sender.optional(),
  /** Where people find the console, for links in letters. */
  CONSOLE_URL: consoleUrl.optional(),
  /** What every published address begins with, for letters that say where a report is. */
  PUBLISHER_URL: publisherUrl.optional(),
  /** The JSON file with everybody's address; see docs/programme.md. */
  ADDRESS_BOOK: z.string().min(1).optional(),
};

const shape = {
  ...standaloneOn(4601),
  ...reminding,
  /** A sample is drawn from what was committed to at the announcement: another secret breaks it. */
  SAMPLING_SECRET: z
    .string({ error: `is needed: ${what}` })
    .regex(/^([0-9a-f]{2}){32,}$/i, `must be ${what}`)
    .transform((digits): Uint8Array => Buffer.from(digits, "hex")),
};

export const readConfig = (environment: Environment) => {
  const config = readEnvironment(shape, environment, incomplete);
  return { ...config, ...remindingIn(config) };
};

/** What an engine in one process reads of this; no delivery where no mail server is named. */
export const readReminding = (environment: Environment): Reminding =>
  remindingIn(readEnvironment(reminding, environment, incomplete));

export type Reminding = {
  readonly rhythm: Rhythm;
  readonly delivery: Delivery | undefined;
  /** Whether letters lead to their copies by links: there has to be somewhere to lead. */
  readonly links: boolean;
};

const remindingIn = (settings: MailSettings): Reminding => {
  const mail = mailIn(settings);
  const delivery = mail && mailedDelivery(mail);
  return { rhythm: settings.REMINDER_DAYS, delivery, links: mail?.url !== undefined };
};

/** How letters go out; undefined where no mail server is named. */
export const readMail = (environment: Environment): MailedOptions | undefined =>
  mailIn(readEnvironment(reminding, environment, incomplete));

type MailSettings = z.output<z.ZodObject<typeof reminding>>;

const incomplete = (settings: MailSettings): readonly string[] => {
  const { SMTP_URL: server, SMTP_USER: user, SMTP_PASSWORD: password } = settings;
  if (server === undefined) return [];
  const missing = (["MAIL_FROM", "ADDRESS_BOOK"] as const).filter((name) => !settings[name]);
  return [
    ...missing.map((name) => `${name} is needed, because SMTP_URL is set`),
    ...((user === undefined) === (password === undefined)
      ? []
      : ["SMTP_USER and SMTP_PASSWORD are set both, or neither"]),
  ];
};

/** The mail server by itself; undefined where none is named. */
export const readMailServer = (environment: Environment): MailServer | undefined =>
  serverIn(readEnvironment(reminding, environment, incomplete));

const serverIn = (settings: MailSettings): MailServer | undefined => {
  const { SMTP_URL: url, SMTP_USER: user, SMTP_PASSWORD: password } = settings;
  const { MAIL_FROM: from, SMTP_NAME: ownName, SMTP_TLS_CA: ca } = settings;
  if (!url || !from) return undefined;
  const authority = ca && readable("SMTP_TLS_CA", () => authorityIn(ca));
  const { MAIL_REPLY_TO: replyTo = from } = settings;
  return { url, authority, user, password, ownName, from, replyTo };
};

const mailIn = (settings: MailSettings): MailedOptions | undefined => {
  const { ADDRESS_BOOK: book, CONSOLE_URL: url, PUBLISHER_URL: site } = settings;
  const server = serverIn(settings);
  if (!server || !book) return undefined;
  const addresses = () => readAddressBook(book);
  readable("ADDRESS_BOOK", addresses);
  const { replyTo } = server;
  return { hand: mailing(server), addresses, url: url?.replace(/\/$/, ""), site, replyTo };
};

const readable = <Read>(name: string, read: () => Read): Read => {
  try {
    return read();
  } catch (error) {
    throw new Misconfigured([`${name}: ${(error as Error).message}`]);
  }
};

const authorityIn = (path: string): string => {
  try {
    const pem = readFileSync(path, "utf8");
    // Of several, Node reads the first; what is no certificate at all, it would pass over later.
    void new X509Certificate(pem);
    return pem;
  } catch (cause) {
    const message = `${path} cannot be read as a certificate in PEM: ${(cause as Error).message}`;
    throw new Error(message, { cause });
  }
};

const address = z.email(ofAscii);
const name = z.string().regex(/^[^\r\n]{1,200}$/, "must be a name on one line");
/** An address alone, or with the name by which its letters greet. */
const Address = z.preprocess(
  (given) => (typeof given === "string" ? { address: given } : given),
  z.strictObject({ address, name: name.optional() }),
);
const Book = z.strictObject({
  people: z.record(z.string(), Address).default({}),
  services: z.record(z.string(), Address).default({}),
  offices: z.record(z.string(), z.record(z.string(), Address)).default({}),
  bodies: z.record(z.string(), Address).default({}),
  roles: z.partialRecord(Role, Address).default({}),
});

/** Throws an Error that says what is wrong, and where, when the file is not such a book. */
const readAddressBook = (path: string): AddressBook => {
  const parsed = Book.safeParse(contentOf(path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "the file"}: ${issue.message}`,
  );
  throw new Error(`${path} is not an address book:\n${problems.join("\n")}`);
};

const contentOf = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`${path} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
};
