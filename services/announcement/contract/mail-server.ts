/** A real mail server on a free port, and a delivery that is set up for it as a deployment is. */
import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { SMTPServer, type SMTPServerOptions } from "smtp-server";

import { readMail } from "../config.ts";
import { type Delivery, type MailedOptions, mailedDelivery } from "../reminding.ts";

export type Letter = {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Whether it came encrypted. */
  readonly secure: boolean;
};

export type MailServer = {
  readonly letters: readonly Letter[];
  readonly port: number;
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** It keeps what it takes; `options` say what it does not take. */
export const openMailServer = async (options: SMTPServerOptions = {}): Promise<MailServer> => {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    // In milliseconds: once it closes, whoever is still connected has so long.
    closeTimeout: 500,
    ...(options.cert === undefined && { disabledCommands: ["STARTTLS"] }),
    onData: (stream, { envelope, secure }, done) => {
      let text = "";
      stream.on("data", (part: Buffer) => (text += part.toString("utf8")));
      stream.on("end", () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        const to = envelope.rcptTo.map(({ address }) => address).join();
        letters.push({ from, to, text, secure });
        done();
      });
    },
    ...options,
  });
  // Whoever does not trust its certificate hangs up; the server has nothing to do about it.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const close = async () => new Promise<void>((resolve) => server.close(() => resolve()));
  const scheme = options.secure ? "smtps" : "smtp";
  return { letters, port, url: `${scheme}://127.0.0.1:${port}`, close };
};

/** As a deployment sets it up, with an address book in that folder. */
export const mailTo = (
  folder: string,
  url: string,
  settings: Readonly<Record<string, string>> = {},
): MailedOptions => {
  const book = join(folder, "addresses.json");
  const people = { sami: { name: "Sami Okoye", address: "sami@inspectorate.example" } };
  const services = { sandford: "inspection@sandford.example" };
  writeFileSync(book, JSON.stringify({ people, services, roles: { scheduler: "desk@x.example" } }));
  const from = "Inspections <inspections@inspectorate.example>";
  const mail = { SMTP_URL: url, MAIL_FROM: from, ADDRESS_BOOK: book };
  return readMail({ ...mail, ...settings })!;
};

/** Which waits milliseconds where a deployment waits minutes. */
export const deliveryTo = (...given: Parameters<typeof mailTo>): Delivery =>
  mailedDelivery({ ...mailTo(...given), waits: [20], look: 20 });
