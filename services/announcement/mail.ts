/** Reminders as e-mail, handed to the mail server that the deployment names. */
import { isThisMachine } from "@assay/host/environment.ts";
import { createTransport } from "nodemailer";

import { addressOf, type AddressBook } from "./address-book.ts";
import type { Delivery, Message } from "./reminding.ts";

export type MailOptions = {
  /** `smtps://` is encrypted from the first byte; `smtp://` before anything is said. */
  readonly server: URL;
  /** PEM of the only authority to be trusted; without it, those that Node trusts. */
  readonly authority?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  /** Asked for each letter. */
  readonly addresses: () => AddressBook;
};

/** Nothing was sent, and nothing is recorded of it: it is tried again until it can be. */
export class MailFault extends Error {
  readonly code: "mail-untrusted" | "mail-sign-in" | "mail-unwilling" | "mail-unreachable";
  readonly retry = true;

  constructor(code: MailFault["code"], message: string, cause: unknown) {
    super(message, { cause });
    this.name = "MailFault";
    this.code = code;
  }
}

/** In milliseconds: to connect, to be greeted, and for each answer. */
const patience = 20_000;

/**
 * A letter that nobody answers for is tried again, with the same Message-ID, so that whoever gets
 * it twice can tell. What the server refuses for good, such as an unknown mailbox, is not.
 */
export const mailedDelivery = ({
  server,
  authority,
  user,
  password,
  from,
  addresses,
}: MailOptions): Delivery => {
  const secure = server.protocol === "smtps:";
  const transport = createTransport({
    host: server.hostname,
    port: Number(server.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !isThisMachine(server),
    ...(authority !== undefined && { tls: { ca: authority } }),
    ...(user !== undefined && { auth: { user, pass: password ?? "" } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    // A letter is words: nothing in it may make us read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    by: "mail",
    deliver: async (message) => {
      const to = addressOf(addresses(), message.to);
      if (to === undefined) return "no-address";
      try {
        await transport.sendMail({ from, to, ...letterOf(message, from) });
        return "delivered";
      } catch (error) {
        if (isForGood(error as SmtpError)) return "refused";
        throw faultOf(error as SmtpError, server);
      }
    },
  };
};

const letterOf = ({ id, subject, text }: Message, from: string) => ({
  messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1).replace(/>$/, "")}>`,
  subject,
  text: `${text}\nThis letter was sent by itself. Answers to it are not read.\n`,
  // RFC 3834: no out-of-office answers to a machine.
  headers: { "Auto-Submitted": "auto-generated" },
});

/** What nodemailer hangs on its errors. */
type SmtpError = Error & {
  readonly code?: string;
  /** The system's or the TLS library's own name for it. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  /** What was said to the server when it answered so. */
  readonly command?: string;
};

/**
 * RFC 5321, 4.2.1: 5yz is final. Of this letter it is so only where the recipient or the words are
 * refused; what a server will not let us do at all is ours to mend, and no letter's end.
 */
const isForGood = ({ command = "", responseCode = 0 }: SmtpError): boolean =>
  responseCode >= 500 && (command === "RCPT TO" || command === "DATA");

const untrusted = /TLS|SSL|CERT|ISSUER|VERIFY|EPROTO/;

/** In words for whoever runs Assay; what was said to sign in is in none of them. */
const faultOf = (error: SmtpError, server: URL): MailFault => {
  const { code, originalCode = "", responseCode, message } = error;
  const at = `the mail server ${server.protocol}//${server.host}`;
  if (code === "ETLS" || untrusted.test(originalCode)) {
    const help = "SMTP_TLS_CA names its authority, where that is one of your own";
    return new MailFault(
      "mail-untrusted",
      `No encrypted connection to ${at}, so nothing was sent: ${message}. ${help}.`,
      error,
    );
  }
  if (code === "EAUTH") {
    const said = `${at} does not take SMTP_USER and SMTP_PASSWORD: ${message}`;
    return new MailFault("mail-sign-in", said, error);
  }
  return responseCode === undefined
    ? new MailFault("mail-unreachable", `${at} cannot be reached: ${message}`, error)
    : new MailFault("mail-unwilling", `${at} takes nothing now: ${message}`, error);
};
