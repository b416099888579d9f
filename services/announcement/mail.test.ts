import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { remindersStream } from "@assay/domain/kernel/stream.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { sealing, trustWithin } from "@assay/host/seal.ts";
import { startService } from "@assay/host/service.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readDelivery } from "./config.ts";
import type { Delivery } from "./reminding.ts";
import { announcementService } from "./service.ts";

type Letter = { readonly from: string; readonly to: string; readonly text: string };

const open: (() => Promise<void> | void)[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-mail-"));
  open.push(() => rmSync(folder, { recursive: true }));
});
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

/** A mail server that keeps what it takes; `options` say what it does not take. */
const mailServer = async (options: SMTPServerOptions = {}) => {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, { envelope }, done) => {
      let text = "";
      stream.on("data", (part: Buffer) => (text += part.toString("utf8")));
      stream.on("end", () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        letters.push({ from, to: envelope.rcptTo.map(({ address }) => address).join(), text });
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { letters, url: `smtp://127.0.0.1:${port}` };
};

const deliveryTo = (url: string, settings: Readonly<Record<string, string>> = {}): Delivery => {
  const book = join(folder, "addresses.json");
  const people = { sami: "sami@inspectorate.example" };
  const services = { sandford: "inspection@sandford.example" };
  writeFileSync(book, JSON.stringify({ people, services, roles: { scheduler: "desk@x.example" } }));
  const from = "Inspections <inspections@inspectorate.example>";
  return readDelivery({ SMTP_URL: url, MAIL_FROM: from, ADDRESS_BOOK: book, ...settings })!;
};

const message = {
  id: "5cf5a1f0-4f3a-4a39-8ae4-b2a0f6c1a001",
  to: { role: "scheduler" },
  subject: "sandford-2026: 1 late",
  text: "This is still open.\n",
} as const;

describe("a reminder by e-mail", () => {
  it("is followed from a deadline to the letter and to the fact that it was delivered", async () => {
    const { letters, url } = await mailServer();
    const [store, within] = [createMemoryStore(), createMemoryBus()];
    const clock = createSteppedClock("2026-01-05T09:00:00.000Z" as Instant);
    const trust = trustWithin("test");
    const service = await startService(
      announcementService({
        secret: new Uint8Array(32),
        reminding: { store, delivery: deliveryTo(url) },
      }),
      {
        ...{ store, bus: within, clock, trust, dataDir: undefined },
        log: createLog({ service: "announcement", level: "silent" }),
        metrics: createMetrics(),
      },
    );
    open.push(() => service.close());
    const inspection = "sandford-2026" as InspectionId;
    const id = uuidFrom("schedule");
    const command = {
      ...{ type: "ScheduleInspection", inspection, at: clock.now(), framework: "yos-2018" },
      by: { id: "sami", role: "scheduler" },
      service: { id: "sandford", name: "Sandford Youth Justice Service" },
      fieldwork: { start: "2026-06-01", end: "2026-06-04" },
      team: [{ person: "lena", role: "lead-inspector" }],
    };
    const envelope = CommandEnvelope.parse({ id, correlationId: id, causationId: id, command });
    const reply = await sealing(within, trust.own).send("announcement", envelope);
    expect(reply).toMatchObject({ accepted: true });

    await clock.moveTo("2026-06-01T09:00:00.000Z" as Instant, () => service.settled());
    await service.settled();
    const facts: StoredEvent[] = [];
    for await (const page of store.read(remindersStream(inspection))) facts.push(...page);
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
    expect(first).toContain("Announce the inspection (due on ");
    expect(last).toContain("LATE: Announce the inspection (was due on ");
  });

  it("goes to the person, to the service for its managers, to the role for the rest", async () => {
    const { letters, url } = await mailServer();
    const { deliver } = deliveryTo(url);
    const to = [
      { role: "scheduler", person: "sami" },
      { role: "provider-user", service: "sandford" },
      { role: "scheduler" },
    ] as never[];
    for (const each of to) expect(await deliver({ ...message, to: each })).toBe("delivered");
    expect(letters.map((letter) => letter.to)).toEqual([
      "sami@inspectorate.example",
      "inspection@sandford.example",
      "desk@x.example",
    ]);
    const nobody = { role: "scheduler", person: "nobody" } as never;
    expect(await deliver({ ...message, to: nobody })).toBe("no-address");
    expect(letters).toHaveLength(3);
  });

  it("is given up when it is refused for good, and tried again when it may yet be taken", async () => {
    const refusing = (responseCode: number): SMTPServerOptions => ({
      onRcptTo: (_, __, done) => done(Object.assign(new Error("not here"), { responseCode })),
    });
    const unknown = await mailServer(refusing(550));
    expect(await deliveryTo(unknown.url).deliver(message)).toBe("refused");
    const busy = await mailServer(refusing(451));
    await expect(deliveryTo(busy.url).deliver(message)).rejects.toThrow("not here");
    await expect(deliveryTo("smtp://127.0.0.1:1").deliver(message)).rejects.toThrow();
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
      deliveryTo(url, { SMTP_USER: "assay", SMTP_PASSWORD: password }).deliver(message);
    await expect(as("wrong")).rejects.toThrow();
    expect(await as("right")).toBe("delivered");
    expect(letters).toHaveLength(1);
  });

  it("keeps a name from adding headers of its own", async () => {
    const { letters, url } = await mailServer();
    const subject = "sandford\r\nBcc: everybody@x.example";
    expect(await deliveryTo(url).deliver({ ...message, subject })).toBe("delivered");
    expect(letters[0]?.to).toBe("desk@x.example");
    expect(letters[0]?.text).not.toMatch(/^Bcc:/m);
  });
});

describe("the settings for mail", () => {
  const refusalOf = (settings: Readonly<Record<string, string>>): string => {
    try {
      return readDelivery(settings) ? "taken" : "no mail";
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

  it("name an address book that says where it is wrong", () => {
    const book = join(folder, "wrong.json");
    const settings = { SMTP_URL: "smtps://mail.example", MAIL_FROM: "a@b.example" };
    expect(refusalOf({ ...settings, ADDRESS_BOOK: book })).toMatch("cannot be read as JSON");
    writeFileSync(book, JSON.stringify({ people: { sami: "not an address" } }));
    expect(refusalOf({ ...settings, ADDRESS_BOOK: book })).toMatch(
      "people.sami: must be an e-mail address",
    );
  });
});
