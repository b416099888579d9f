/** A letter as e-mail, handed to the mail server that the deployment names. */
import { isThisMachine } from "@assay/host/environment.ts";
import { createTransport } from "nodemailer";

export type MailServer = {
  /** `smtps://` is encrypted from the first byte; `smtp://` before anything is said. */
  readonly url: URL;
  /** PEM of the only authority to be trusted; without it, those that Node trusts. */
  readonly authority?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** What it is told that we are called (EHLO); the machine's name by default. */
  readonly ownName?: string | undefined;
  readonly from: string;
  /** Where answers go. */
  readonly replyTo: string;
};

/** Refused for good, and what the server said. */
export type Taken = "delivered" | { readonly refused: string };

export type Mail = {
  /** The same for as long as it is the same letter. */
  readonly id: string;
  /** An address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Files beside it, such as a list to fill in. */
  readonly enclosed?: readonly Enclosed[];
};

type Code =
  | "mail-untrusted"
  | "mail-sign-in"
  | "mail-unreachable"
  | "mail-unwilling"
  | "mail-policy"
  | "mail-unsure";

type Enclosed = { readonly name: string; readonly content: string | Uint8Array };

/** Nothing is recorded of it: it is tried again until it can be. */
export class MailFault extends Error {
  readonly code: Code;
  readonly retry = true;
  /** Whether every other letter would fare the same. */
  readonly concerns: "server" | "letter";

  constructor(code: Code, message: string, cause: unknown) {
    super(message, { cause });
    this.name = "MailFault";
    this.code = code;
    const ofServer = ["mail-untrusted", "mail-sign-in", "mail-unreachable"].includes(code);
    this.concerns = ofServer ? "server" : "letter";
  }
}

/** In milliseconds: to connect and be greeted; RFC 5321, 4.5.3.2 gives the answer ten minutes. */
const patience = { connecting: 20_000, greeting: 60_000, answering: 600_000 };

/**
 * What the server refuses for good, such as an unknown mailbox, is refused; everything else is
 * thrown, and may be tried again with the same Message-ID, so that whoever gets it twice can tell.
 */
export const mailing = (server: MailServer, waits: Partial<typeof patience> = {}) => {
  const { url, from, replyTo } = server;
  return async ({ id, to, subject, text, enclosed = [] }: Mail): Promise<Taken> => {
    let handedOver = false;
    const transport = transportTo(
      server,
      waits,
      heeding(() => (handedOver = true)),
    );
    const messageId = `<${id}@${from.slice(from.lastIndexOf("@") + 1).replace(/>$/, "")}>`;
    // RFC 3834: no out-of-office answers to a machine.
    const headers = { "Auto-Submitted": "auto-generated" };
    try {
      const attachments = enclosed.map(({ name, content }) => ({
        filename: name,
        content: typeof content === "string" ? content : Buffer.from(content),
      }));
      const mail = { from, to, replyTo, messageId, subject, text, headers, attachments };
      await transport.sendMail(mail);
      return "delivered";
    } catch (error) {
      if (isForGood(error as SmtpError)) return { refused: saidBy(error as SmtpError) };
      throw faultOf(error as SmtpError, url, handedOver);
    } finally {
      transport.close();
    }
  };
};

const transportTo = (
  { url, authority, user, password, ownName }: MailServer,
  waits: Partial<typeof patience>,
  logger?: ReturnType<typeof heeding>,
) => {
  const { connecting, greeting, answering } = { ...patience, ...waits };
  const secure = url.protocol === "smtps:";
  const here = isThisMachine(url);
  return createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !here,
    // A server on this machine often has a certificate of its own; nobody stands in between.
    tls: authority === undefined ? { rejectUnauthorized: !here } : { ca: authority },
    ...(user !== undefined && { auth: { user, pass: password ?? "" } }),
    ...(ownName !== undefined && { name: ownName }),
    connectionTimeout: connecting,
    greetingTimeout: greeting,
    socketTimeout: answering,
    // A letter is words: nothing in it may make us read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(logger && { logger }),
  });
};

/** Signs in and sends nothing. Throws a MailFault that says what stands in the way. */
export const greet = async (server: MailServer): Promise<void> => {
  const transport = transportTo(server, { connecting: 5_000, greeting: 5_000, answering: 5_000 });
  try {
    await transport.verify();
  } catch (error) {
    throw faultOf(error as SmtpError, server.url, false);
  } finally {
    transport.close();
  }
};

/** The library tells by its log alone that the whole letter is with the server. */
const heeding = (handedOver: () => void) => {
  const hear = (entry: unknown): void => {
    if ((entry as { readonly tnx?: string } | undefined)?.tnx === "message") handedOver();
  };
  const silent = (): void => {};
  return {
    ...{ level: silent, trace: silent, debug: silent, warn: silent, error: silent, fatal: silent },
    info: hear,
  };
};

/** What nodemailer hangs on its errors. */
type SmtpError = Error & {
  readonly code?: string;
  /** The system's or the TLS library's own name for it. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  /** What was said to the server when it answered so. */
  readonly command?: string;
};

/** What the server says, without addresses. */
const saidBy = ({ message }: SmtpError): string =>
  message.replaceAll(/(?<![^\s<])[^\s<]+@[^\s>]+/g, "…");

/** RFC 3463, 3.8: what a server's policy refuses is no recipient's doing, and can be mended. */
const isPolicy = ({ response = "" }: SmtpError): boolean =>
  /^5\d\d[ -]5\.7\./.test(response) || /relay/i.test(response);

/**
 * RFC 5321, 4.2.1: 5yz is final. Of this letter it is so only where the recipient or the words are
 * refused; what a server will not let us do at all is ours to mend, and no letter's end.
 */
const isForGood = (error: SmtpError): boolean => {
  const { command = "", responseCode = 0 } = error;
  return responseCode >= 500 && (command === "RCPT TO" || command === "DATA") && !isPolicy(error);
};

const untrusted = /TLS|SSL|CERT|ISSUER|VERIFY|EPROTO/;

/** In words for whoever runs Assay; neither addresses nor what was said to sign in are in them. */
const faultOf = (error: SmtpError, server: URL, handedOver: boolean): MailFault => {
  const { code, originalCode = "", responseCode } = error;
  const message = saidBy(error);
  const at = `the mail server ${server.protocol}//${server.host}`;
  const fault = (as: Code, said: string) => new MailFault(as, said, error);
  if (code === "ETLS" || untrusted.test(originalCode)) {
    const help = "SMTP_TLS_CA names its authority, where that is one of your own";
    const said = `No encrypted connection to ${at}, so nothing was sent: ${message}. ${help}.`;
    return fault("mail-untrusted", said);
  }
  if (code === "EAUTH")
    return fault("mail-sign-in", `${at} does not take SMTP_USER and SMTP_PASSWORD: ${message}`);
  if (responseCode !== undefined && isPolicy(error))
    return fault("mail-policy", `${at} does not let this be sent from here: ${message}`);
  if (responseCode !== undefined)
    return fault("mail-unwilling", `${at} takes this letter later or not: ${message}`);
  return handedOver
    ? fault("mail-unsure", `${at} got this letter and did not answer; it may have taken it`)
    : fault("mail-unreachable", `${at} cannot be reached: ${message}`);
};
