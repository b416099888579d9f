import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Instant } from "@assay/domain/kernel/instants.ts";
import { selfSigned } from "@assay/eventstore-node/contract/certificate.ts";
import { createLog } from "@assay/host/log.ts";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { mailTo, openMailServer } from "./contract/mail-server.ts";
import { scheduledWith } from "./contract/reminded.ts";
import { type MailedOptions, mailedDelivery } from "./reminding.ts";

const { certificate, key } = selfSigned();
const open: (() => Promise<void> | void)[] = [];
let folder: string;
/** The setting by which the server's own certificate is trusted. */
let trusting: Readonly<Record<string, string>>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-mail-encryption-"));
  open.push(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "authority.pem");
  writeFileSync(file, certificate);
  trusting = { SMTP_TLS_CA: file };
});
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const encrypted = async (options: SMTPServerOptions = {}) => {
  const server = await openMailServer({ cert: certificate, key, ...options });
  open.push(server.close);
  return server;
};

const message = {
  id: "5cf5a1f0-4f3a-4a39-8ae4-b2a0f6c1a001",
  to: "desk@x.example",
  subject: "sandford-2026: 1 late",
  text: "This is still open.\n",
} as const;

const untrusted = {
  name: "MailFault",
  code: "mail-untrusted",
  retry: true,
  message: expect.stringMatching(/No encrypted connection to .* nothing was sent.*SMTP_TLS_CA/),
};

describe.each([
  ["from the first byte (smtps)", true],
  ["before anything is said (STARTTLS)", false],
])("encrypted %s", (_, secure) => {
  it("a letter is delivered to a server whose authority is trusted", async () => {
    const { letters, url } = await encrypted({ secure });
    expect(await mailTo(folder, url, trusting).hand(message)).toBe("delivered");
    expect(letters).toMatchObject([{ to: "desk@x.example", secure: true }]);
  });

  it("no letter goes to a server elsewhere that nobody vouches for", async () => {
    const { letters, port } = await encrypted({ secure });
    const url = `${secure ? "smtps" : "smtp"}://0.0.0.0:${port}`;
    await expect(mailTo(folder, url).hand(message)).rejects.toMatchObject(untrusted);
    expect(letters).toEqual([]);
  });

  it("a letter goes to this machine's own server, whose certificate is its own", async () => {
    const { letters, url } = await encrypted({ secure });
    expect(await mailTo(folder, url).hand(message)).toBe("delivered");
    expect(letters).toMatchObject([{ secure: true }]);
  });

  it("no letter goes to a server under another name than its certificate's", async () => {
    const { letters, port } = await encrypted({ secure });
    const url = `${secure ? "smtps" : "smtp"}://0.0.0.0:${port}`;
    const sent = mailTo(folder, url, trusting).hand(message);
    await expect(sent).rejects.toMatchObject(untrusted);
    expect(letters).toEqual([]);
  });
});

it("sends nothing in the clear to another machine, and gives no letter up for it", async () => {
  const { letters, port } = await encrypted({ disabledCommands: ["STARTTLS"] });
  const sent = mailTo(folder, `smtp://0.0.0.0:${port}`, trusting).hand(message);
  await expect(sent).rejects.toMatchObject(untrusted);
  expect(letters).toEqual([]);
});

it("records nothing as delivered until it is, and keeps the credentials out of the log", async () => {
  const password = "correct horse battery staple";
  const server = await encrypted({
    authOptional: false,
    onAuth: (given, __, done) =>
      given.password === password
        ? done(null, { user: given.username ?? "" })
        : done(new Error("wrong")),
  });
  const signed = (pass: string, more = {}, url = server.url) =>
    mailTo(folder, url, { SMTP_USER: "assay", SMTP_PASSWORD: pass, ...more });
  let way = signed(password, {}, server.url.replace("127.0.0.1", "0.0.0.0"));
  const hand: MailedOptions["hand"] = (mail) => way.hand(mail);
  const delivery = mailedDelivery({ ...way, hand, waits: [20], look: 20 });
  let logged = "";
  const destination = { write: (line: string) => void (logged += line) };
  const log = createLog({ service: "announcement", destination });
  const { service, clock, facts } = await scheduledWith(delivery, log);
  open.push(() => service.close());
  const recorded = async () => (await facts()).map(({ type }) => type);
  const patiently = { timeout: 60_000, interval: 20 };

  await clock.moveTo("2026-04-23T09:00:00.000Z" as Instant, async () => {});
  await expect.poll(() => logged, patiently).toContain('"code":"mail-untrusted"');
  expect(await recorded()).toEqual(["ReminderCalled"]);
  way = signed("not the password", trusting);
  await expect.poll(() => logged, patiently).toContain('"code":"mail-sign-in"');
  expect(await recorded()).toEqual(["ReminderCalled"]);
  way = signed(password, trusting);
  await expect.poll(recorded, patiently).toEqual(["ReminderCalled", "ReminderDelivered"]);
  expect(server.letters).toHaveLength(1);
  for (const pass of [password, "not the password"])
    for (const form of [pass, Buffer.from(pass).toString("base64"), plainAuth(pass)])
      expect(logged).not.toContain(form);
});

/** As AUTH PLAIN sends it (RFC 4616). */
const plainAuth = (pass: string): string => Buffer.from(`\0assay\0${pass}`).toString("base64");
