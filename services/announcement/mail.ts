/** Reminders as e-mail, handed to the mail server that the deployment names. */
import { isThisMachine } from "@assay/host/environment.ts";
import { createTransport } from "nodemailer";

import { addressOf, type AddressBook } from "./address-book.ts";
import type { Delivery, Message } from "./reminding.ts";

export type MailOptions = {
  /** `smtps://` is encrypted from the first byte; `smtp://` before anything is said. */
  readonly server: URL;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  /** Asked for each letter. */
  readonly addresses: () => AddressBook;
};

/** In milliseconds: to connect, to be greeted, and for each answer. */
const patience = 20_000;

/**
 * A letter that nobody answers for is tried again, with the same Message-ID, so that whoever gets
 * it twice can tell. What the server refuses for good, such as an unknown mailbox, is not.
 */
export const mailedDelivery = ({
  server,
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
        if (isForGood(error)) return "refused";
        throw error;
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

/** RFC 5321, 4.2.1: 5yz is final. Wrong credentials are ours to mend, and not the letter's end. */
const isForGood = (error: unknown): boolean => {
  const { code, responseCode } = error as {
    readonly code?: string;
    readonly responseCode?: number;
  };
  return code !== "EAUTH" && responseCode !== undefined && responseCode >= 500;
};
