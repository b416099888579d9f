import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Mail, MailFault } from "@assay/announcement/mail.ts";
import { mailedDelivery } from "@assay/announcement/reminding.ts";
import { announcementService } from "@assay/announcement/service.ts";
import { createMemoryBus } from "@assay/bus/memory.ts";
import { openDesk } from "@assay/console/contract/desk.ts";
import { people as staff } from "@assay/domain/reconstruction/story.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { sealing, trustWithin } from "@assay/host/seal.ts";
import { startService } from "@assay/host/service.ts";
import { pdfTextOf } from "@assay/report/contract/pdf-text.ts";
import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import type { World } from "@assay/spec/world.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { afterEach, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const log = createLog({ service: "test", level: "silent" });
const addresses = () => ({
  people: {},
  services: { sandford: { address: "inspection@sandford.example" } },
  offices: {},
  bodies: { "The ministry": { address: "private.office@ministry.example" } },
  roles: {},
});

/** Everything that the world recorded, in its order. */
const storeOf = async ({ records }: World): Promise<EventStore> => {
  const store = createMemoryStore();
  const revisions = new Map<string, number>();
  for (const { stream, fact } of records) {
    const { type, ...data } = fact;
    const revision = revisions.get(stream) ?? -1;
    const event = { id: randomUUID(), type, data, metadata: { version: currentVersion(type) } };
    await store.append(stream, [event], revision < 0 ? "none" : revision);
    revisions.set(stream, revision + 1);
  }
  return store;
};

type Posted = {
  /** Where links lead. */
  readonly url?: string;
  /** Whether the mail server is away. */
  readonly fails?: () => boolean;
};
const linking = { url: "https://assay.example" };

/** The announcing service on what the world recorded, with a mail server that takes everything. */
const posting = async (world: World, { url, fails }: Posted = {}) => {
  const [store, within] = [await storeOf(world), createMemoryBus()];
  const clock: SteppedClock = createSteppedClock(world.now);
  const mails: Mail[] = [];
  const delivery = mailedDelivery({
    hand: async (mail) => {
      if (fails?.()) throw new MailFault("mail-unreachable", "not now", undefined);
      return (mails.push(mail), "delivered");
    },
    ...{ addresses, url, site: "https://reports.example/" },
    ...{ replyTo: "help@x.example", waits: [20], look: 20 },
  });
  const trust = trustWithin("test");
  const now = () => clock.now();
  const service = await startService(
    announcementService({
      secret: new Uint8Array(32),
      links: url !== undefined,
      reminding: { store, log, dataDir: undefined, delivery, now },
    }),
    { store, bus: within, clock, trust, log, metrics: createMetrics(), dataDir: undefined },
  );
  open.push(() => service.close());
  const known = [...Object.values(staff).flat(), ...Object.values(people).flat()];
  const desk = await openDesk({ store, bus: sealing(within, trust.own) }, clock, known);
  open.push(() => desk.close());
  const facts = async (): Promise<readonly string[]> => {
    const types: string[] = [];
    for await (const page of store.read("reminders-sandford-2021"))
      types.push(...page.map(({ type }) => type));
    return types;
  };
  const sent = (count: number) =>
    expect
      .poll(async () => (await facts()).filter((type) => type !== "LetterCalled").length, {
        timeout: 60_000,
      })
      .toBe(count);
  return { mails, clock, desk, sent };
};

const linkIn = (mails: readonly Mail[]): string =>
  /https:\/\/assay\.example(\/copies\/[^\s]+)/.exec(mails.map(({ text }) => text).join())![1]!;

/** Copies for two recipients have just been released; one of them is in the address book. */
const embargoed = (): World => {
  const world = worldAt("signed");
  world.tell(people.officer, {
    type: "SetEmbargo",
    publishAt: "2021-08-31T23:01:00.000Z",
    recipients: [
      { body: "The ministry", name: "The minister" },
      { body: "The press", name: "A news desk" },
    ],
  });
  world.moveTo("2021-08-26T09:00:00.000Z");
  world.settle();
  return world;
};

it("sends a link that leads to one copy, until it is revoked, and hands out the rest", async () => {
  const { mails, desk, sent } = await posting(embargoed(), linking);
  await sent(2);
  expect(mails).toMatchObject([
    { to: "private.office@ministry.example", subject: expect.stringContaining("Under embargo") },
  ]);
  expect(mails[0]!.text).toContain("Dear The minister,");
  const link = linkIn(mails);
  const copy = await desk.read(link);
  expect([copy.status, copy.text.slice(0, 5)]).toEqual([200, "%PDF-"]);
  for (const other of [`${link}x`, link.slice(0, -1), link.replace("sandford-2021", "elsewhere")])
    expect((await desk.read(other)).status).toBe(404);

  await desk.signIn("otto/publications-officer/");
  const page = await desk.read("/inspections/sandford-2021/letters");
  expect(page.text).toMatch(/The minister, The ministry[^]*Mailed[^]*Its link works until/);
  expect(page.text).toMatch(/A news desk, The press[^]*Not mailed: no address is known/);
  const copies = [...page.text.matchAll(/href="([^"]+\/copy)"/g)].map(([, href]) => href!);
  expect(copies).toHaveLength(2);
  for (const href of copies) expect((await desk.read(href)).text.slice(0, 5)).toBe("%PDF-");
  const letter = await desk.read(copies[0]!.replace("/copy", ""));
  expect(letter.text).toContain("It is enclosed.");

  const forms = [...page.text.matchAll(/id="form-(RevokeLink-[^"]+)"/g)].map(([, id]) => id!);
  expect(forms).toHaveLength(2);
  for (const form of forms)
    await desk.send("/inspections/sandford-2021/letters", form, { reason: "It went astray." });
  desk.signOut();
  const ended = await desk.read(link);
  expect([ended.status, ended.text]).toEqual([410, expect.stringContaining("has revoked it")]);

  await desk.signIn("otto/publications-officer/");
  for (const form of forms) {
    const again = form.replace("RevokeLink", "SendLetterAgain");
    await desk.send("/inspections/sandford-2021/letters", again, {});
  }
  await expect.poll(() => mails.length, { timeout: 60_000 }).toBe(2);
  desk.signOut();
  const fresh = await desk.read(linkIn(mails.slice(1)));
  expect([fresh.status, fresh.text.slice(0, 5)]).toEqual([200, "%PDF-"]);
  expect((await desk.read(link)).status).toBe(410);
});

it("brings the copy with the letter where there is no console to lead to", async () => {
  const { mails, desk, sent } = await posting(embargoed());
  await sent(2);
  expect(mails[0]!.text).toContain("It is enclosed. It is not to be published");
  const [enclosed, ...more] = mails[0]!.enclosed ?? [];
  expect([enclosed?.name, more]).toEqual(["report.pdf", []]);
  const text = await pdfTextOf(enclosed!.content as Uint8Array);
  expect(text).toMatch(/Under embargo until .*Copy 1 of 2, for The minister, The ministry/);
  await desk.signIn("otto/publications-officer/");
  const page = await desk.read("/inspections/sandford-2021/letters");
  expect(page.text).not.toContain("Its link");
});

it("hands out letters and copies on the command line, revokes links and sends again", async () => {
  const { mails, desk, sent } = await posting(embargoed(), linking);
  await sent(2);
  const folder = mkdtempSync(join(tmpdir(), "assay-letters-sent-"));
  open.push(() => rmSync(folder, { recursive: true }));
  const assay = (name: string, ...more: readonly string[]) =>
    atTerminal(["letters", name, "sandford-2021", ...more, "--as", "otto/publications-officer"], {
      ...{ engine: { url: desk.origin }, pathOf: (file: string) => join(folder, file) },
    });
  const told = async () =>
    JSON.parse((await assay("of", "--json")).out) as { letter: string; link: object }[];
  expect((await assay("of")).out).toMatch(/copy +The minister, The ministry +mail +open \(2021-/);
  const letter = (await told())[0]!.letter;
  expect((await assay("read", letter)).out).toMatch(/^Dear The minister,[^]*It is enclosed\./);
  expect(await assay("copy", letter, "--out", "copy.pdf")).toMatchObject({ status: 0 });
  expect(await pdfTextOf(readFileSync(join(folder, "copy.pdf")))).toContain("Copy 1 of 2");
  expect(await assay("copy", letter)).toMatchObject({ status: 2 });
  expect(await assay("read", randomUUID())).toMatchObject({ status: 1 });
  expect(await assay("revoke", letter, "--reason", "It went astray.")).toMatchObject({ status: 0 });
  expect((await told())[0]).toMatchObject({ link: { standing: "revoked" }, holds: true });
  expect((await assay("again", letter)).status).toBe(0);
  await expect.poll(() => mails.length, { timeout: 60_000 }).toBe(2);
  expect((await told()).at(-1)).toMatchObject({ link: { standing: "open" }, outcome: "mail" });
  expect(await assay("again", randomUUID())).toMatchObject({ status: 1 });
  const other = ["--as", "iris/inspector"];
  expect((await assay("revoke", letter, "--reason", "No.", ...other)).status).toBe(1);
});

it("tells the offices of an announcement of new days, in letters and on their page", async () => {
  const world = worldAt("announced");
  world.tell(people.scheduler, {
    ...{ type: "RescheduleInspection", reason: "The school holidays." },
    fieldwork: { start: "2021-06-14", end: "2021-06-18" },
  });
  const { mails, desk, sent } = await posting(world, linking);
  await sent(4);
  const changes = mails.filter(({ subject }) => subject.endsWith(": new dates"));
  expect(changes).toHaveLength(2);
  for (const { to, text } of changes) {
    expect(to).toBe("inspection@sandford.example");
    expect(text).toContain("- Fieldwork begins: 14 June 2021");
  }
  await desk.signIn("lena/lead-inspector/");
  const page = await desk.read("/inspections/sandford-2021/letters");
  expect(page.text).toContain("What became of dates in earlier letters");
});

it("sends nothing that holds no more by the time it can be sent", async () => {
  let away = true;
  const { mails, clock, desk, sent } = await posting(embargoed(), {
    ...{ ...linking, fails: () => away },
  });
  await sent(1);
  await clock.moveTo("2021-08-31T23:01:00.000Z" as never, async () => {});
  away = false;
  await sent(2);
  expect(mails).toEqual([]);
  await desk.signIn("otto/publications-officer/");
  const page = await desk.read("/inspections/sandford-2021/letters");
  expect(page.text).toContain("Not mailed: what it says held no more");
});

it("sends links that end at their moment", async () => {
  const { mails, clock, desk, sent } = await posting(embargoed(), linking);
  await sent(2);
  await clock.moveTo("2021-08-31T23:01:00.000Z" as never, async () => {});
  const ended = await desk.read(linkIn(mails));
  expect([ended.status, ended.text]).toEqual([410, expect.stringContaining("led to a copy until")]);
});

it("sends the draft to the service as it was sent, however it changes since", async () => {
  const { mails, desk, sent } = await posting(worldAt("shared"), linking);
  await sent(1);
  expect(mails[0]!.text).toContain("Please send what you have to say of its facts by");
  const copy = await desk.read(linkIn(mails));
  expect([copy.status, copy.text.slice(0, 5)]).toEqual([200, "%PDF-"]);
});
