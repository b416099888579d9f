import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Instant } from "@assay/domain/kernel/instants.ts";
import { createLog } from "@assay/host/log.ts";
import { type EventStore, StoreFault } from "@assay/store/port.ts";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readReminding } from "./config.ts";
import {
  deliveryTo as deliveryIn,
  mailTo as mailIn,
  openMailServer,
} from "./contract/mail-server.ts";
import { scheduledWith } from "./contract/reminded.ts";
import { mailing } from "./mail.ts";

const open: (() => Promise<void> | void)[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-mail-"));
  open.push(() => rmSync(folder, { recursive: true }));
});
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const mailServer = async (options: SMTPServerOptions = {}) => {
  const server = await openMailServer(options);
  open.push(server.close);
  return server;
};

const deliveryTo = (url: string, settings: Readonly<Record<string, string>> = {}) =>
  deliveryIn(folder, url, settings);

const handTo = (url: string, settings: Readonly<Record<string, string>> = {}) =>
  mailIn(folder, url, settings).hand;

const message = {
  id: "5cf5a1f0-4f3a-4a39-8ae4-b2a0f6c1a001",
  to: "desk@x.example",
  subject: "sandford-2026: 1 late",
  text: "This is still open.\n",
} as const;

/** Lines as they were written: quoted-printable (RFC 2045) breaks the long ones. */
const unfolded = (text: string): string =>
  text.replaceAll("\r\n", "\n").replaceAll("=\n", "").replaceAll("=3D", "=");

/** Has no room for the first so many attempts to record that a reminder was delivered. */
const fullFor =
  (attempts: number) =>
  (store: EventStore): EventStore => {
    const append = store.append.bind(store);
    let left = attempts;
    store.append = async (stream, events, expected) => {
      if (left === 0 || !events.some(({ type }) => type === "ReminderDelivered"))
        return append(stream, events, expected);
      left -= 1;
      throw new StoreFault("disk-full", "no room", { retry: false });
    };
    return store;
  };

describe("a reminder by e-mail", () => {
  it("goes out once, however often the disk has no room to record that it did", async () => {
    const { letters, url } = await mailServer();
    const log = createLog({ service: "announcement", level: "silent" });
    const { service, clock, facts, posted } = await scheduledWith(deliveryTo(url), log, fullFor(4));
    open.push(() => service.close());
    await clock.moveTo("2026-06-01T09:00:00.000Z" as Instant, () => service.settled());
    await posted();
    const delivered = (await facts()).filter(({ type }) => type === "ReminderDelivered");
    expect(delivered.length).toBeGreaterThan(2);
    expect(letters).toHaveLength(delivered.length);
  });

  it("is followed from a deadline to the letter and to the fact that it was delivered", async () => {
    const { letters, url } = await mailServer();
    const log = createLog({ service: "announcement", level: "silent" });
    const settings = { CONSOLE_URL: "https://assay.example/", MAIL_REPLY_TO: "help@x.example" };
    const delivery = deliveryTo(url, settings);
    const { service, clock, facts: recorded, posted } = await scheduledWith(delivery, log);
    open.push(() => service.close());
    await clock.moveTo("2026-06-01T09:00:00.000Z" as Instant, async () => {
      await service.settled();
      await posted();
    });
    await posted();
    const facts = await recorded();
    const called = facts.filter(({ type }) => type === "ReminderCalled");
    const delivered = facts.filter(({ type }) => type === "ReminderDelivered");
    expect(called.length).toBeGreaterThan(2);
    expect(delivered.map(({ data }) => [data["channel"], data["reminder"]])).toEqual(
      called.map(({ data }) => ["mail", data["reminder"]]),
    );
    expect(letters).toHaveLength(called.length);
    expect(letters[0]).toMatchObject({
      from: "inspections@inspectorate.example",
      to: "desk@x.example",
    });
    const [first, last] = [letters[0]!.text, letters.at(-1)!.text];
    expect(first).toContain(
      `Message-ID: <${String(called[0]!.data["reminder"])}@inspectorate.example>`,
    );
    expect(first).toContain("Auto-Submitted: auto-generated");
    expect(first).toContain("Reply-To: help@x.example");
    expect(first).toContain("Subject: Inspection of Sandford Youth Justice Service: 1 due soon");
    expect(unfolded(first)).toContain("Dear colleague,");
    expect(unfolded(first)).toContain(
      "- Announce the inspection: please do this by 23 April 2026.",
    );
    expect(unfolded(first)).toContain("  https://assay.example/inspections/sandford-2026");
    expect(unfolded(first)).toContain("your answer goes to help@x.example.");
    expect(unfolded(last)).toContain("LATE\n- Announce the inspection: this was due by ");
  });

  it("is given up when it is refused for good, and tried again when it may yet be taken", async () => {
    const refusing = (responseCode: number): SMTPServerOptions => ({
      onRcptTo: (_, __, done) => done(Object.assign(new Error("not here"), { responseCode })),
    });
    const unknown = await mailServer(refusing(550));
    expect(await handTo(unknown.url)(message)).toEqual({ refused: expect.stringMatching(/550/) });
    const busy = await mailServer(refusing(451));
    await expect(handTo(busy.url)(message)).rejects.toMatchObject({
      ...{ name: "MailFault", code: "mail-unwilling", retry: true },
      message: expect.stringMatching(/takes this letter later or not: .*not here/),
    });
    const gone = handTo("smtp://127.0.0.1:1")(message);
    await expect(gone).rejects.toMatchObject({ code: "mail-unreachable", retry: true });
  });

  it("is kept for later by a server that takes no letter of ours at all", async () => {
    const { url } = await mailServer({
      onMailFrom: (_, __, done) =>
        done(Object.assign(new Error("sign in first"), { responseCode: 530 })),
    });
    const sent = handTo(url)(message);
    await expect(sent).rejects.toMatchObject({ code: "mail-unwilling", retry: true });
  });

  it("signs in where that is asked, and wrong credentials do not end the letter", async () => {
    const { letters, url } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        username === "assay" && password === "right"
          ? done(null, { user: username })
          : done(new Error("wrong")),
    });
    const as = (password: string) =>
      handTo(url, { SMTP_USER: "assay", SMTP_PASSWORD: password })(message);
    await expect(as("wrong")).rejects.toMatchObject({ code: "mail-sign-in", retry: true });
    expect(await as("right")).toBe("delivered");
    expect(letters).toHaveLength(1);
  });

  it("keeps a name from adding headers of its own", async () => {
    const { letters, url } = await mailServer();
    const subject = "sandford\r\nBcc: everybody@x.example";
    expect(await handTo(url)({ ...message, subject })).toBe("delivered");
    expect(letters[0]?.to).toBe("desk@x.example");
    expect(letters[0]?.text).not.toMatch(/^Bcc:/m);
  });
});

describe("a mail server that misbehaves", () => {
  const answering = (responseCode: number, text: string): SMTPServerOptions => ({
    onRcptTo: (_, __, done) => done(Object.assign(new Error(text), { responseCode })),
  });

  it.each([
    [554, "5.7.1 <desk@x.example>: Relay access denied"],
    [550, "5.7.26 This mail is unauthenticated"],
    [553, "relaying denied"],
  ])("and refuses by its policy ends no letter: %i %s", async (code, text) => {
    const { url } = await mailServer(answering(code, text));
    await expect(handTo(url)(message)).rejects.toMatchObject({
      ...{ code: "mail-policy", concerns: "letter", retry: true },
      message: expect.not.stringContaining("desk@x.example"),
    });
  });

  it("and answers nothing to a whole letter may have taken it", async () => {
    const { url } = await mailServer({ onData: (stream) => void stream.resume() });
    const server = { url: new URL(url), from: "a@b.example", replyTo: "a@b.example" };
    const sent = mailing(server, { answering: 300 })(message);
    await expect(sent).rejects.toMatchObject({ code: "mail-unsure", concerns: "letter" });
  });

  it("and never answers holds nothing up but the letter", async () => {
    const { url } = await mailServer({ onMailFrom: () => undefined });
    const log = createLog({ service: "announcement", level: "silent" });
    const { service, clock, facts } = await scheduledWith(deliveryTo(url), log);
    await clock.moveTo("2026-06-01T09:00:00.000Z" as Instant, () => service.settled());
    await service.settled();
    const types = (await facts()).map(({ type }) => type);
    expect(types.length).toBeGreaterThan(2);
    expect(new Set(types)).toEqual(new Set(["ReminderCalled"]));
    await service.close();
  });

  it("and hangs up before it has the letter has not taken it", async () => {
    const { url } = await mailServer({ onMailFrom: () => undefined });
    const server = { url: new URL(url), from: "a@b.example", replyTo: "a@b.example" };
    const sent = mailing(server, { answering: 300 })(message);
    await expect(sent).rejects.toMatchObject({ code: "mail-unreachable", concerns: "server" });
  });

  it("is told the name that is set", async () => {
    let told = "";
    const { url } = await mailServer({
      onMailFrom: (_, { hostNameAppearsAs }, done) => {
        told = hostNameAppearsAs;
        done();
      },
    });
    expect(await handTo(url, { SMTP_NAME: "assay.example" })(message)).toBe("delivered");
    expect(told).toBe("assay.example");
  });
});

describe("the rhythm of reminders", () => {
  const read = (REMINDER_DAYS?: string) => readReminding({ REMINDER_DAYS }).rhythm;

  it("is the usual one, or working days as they are set", () => {
    expect([read(), read(""), read("-10, -2,0,5")]).toEqual([
      [-2, 1, 6, 11],
      [-2, 1, 6, 11],
      [-10, -2, 0, 5],
    ]);
  });

  it.each(["1,1", "3,2", "1.5", "two", "1,,2", "-61", "61", "1 2", "1e1", "0x1"])(
    "is refused as %s, in words",
    (given) => expect(() => read(given)).toThrow(/REMINDER_DAYS must be working days .*-2,1,6,11/),
  );
});

describe("the settings for mail", () => {
  const refusalOf = (settings: Readonly<Record<string, string>>): string => {
    try {
      return readReminding(settings).delivery ? "taken" : "no mail";
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("are none by default, and otherwise whole", () => {
    expect(refusalOf({})).toBe("no mail");
    expect(refusalOf({ SMTP_URL: "smtps://mail.example" })).toMatch(
      /MAIL_FROM is needed[^]*ADDRESS_BOOK is needed/,
    );
    expect(refusalOf({ SMTP_URL: "http://mail.example" })).toMatch("SMTP_URL must be smtps://");
    expect(refusalOf({ SMTP_URL: "smtp://me:secret@mail.example" })).toMatch("SMTP_USER");
    expect(refusalOf({ SMTP_URL: "smtps://mail.example", SMTP_USER: "me" })).toMatch("both");
  });

  it("name files that say what is wrong with them", () => {
    const book = join(folder, "wrong.json");
    const settings = { SMTP_URL: "smtps://mail.example", MAIL_FROM: "a@b.example" };
    expect(refusalOf({ ...settings, ADDRESS_BOOK: book })).toMatch("cannot be read as JSON");
    writeFileSync(book, JSON.stringify({ people: { sami: "not an address" } }));
    expect(refusalOf({ ...settings, ADDRESS_BOOK: book })).toMatch(
      "people.sami.address: must be an e-mail address in ASCII",
    );
    writeFileSync(book, JSON.stringify({ people: { sami: { address: "sämi@x.example" } } }));
    expect(refusalOf({ ...settings, ADDRESS_BOOK: book })).toMatch("xn--");
    expect(refusalOf({ ...settings, MAIL_FROM: "ä@b.example" })).toMatch("MAIL_FROM must be");
    writeFileSync(book, "{}");
    const given = { ...settings, ADDRESS_BOOK: book, SMTP_TLS_CA: book };
    expect(refusalOf(given)).toMatch(/SMTP_TLS_CA: .*wrong.json cannot be read as a certificate/);
  });
});
