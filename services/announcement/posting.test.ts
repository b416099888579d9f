import { openDatabase } from "@assay/host/database.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { claim } from "@assay/host/claims.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { lettersIn, openLetters, resend } from "./letters.ts";
import { MailFault } from "./mail.ts";
import { createPosting, type Outcome, type Posting, type PostingOptions } from "./posting.ts";

const letter = (id: string, recipient = id) => ({
  id,
  recipient,
  stream: "reminders-x",
  event: id,
});
const fault = (code: MailFault["code"]) => new MailFault(code, "no", undefined);

let folder: string;
let open: Posting[];
let sent: string[];
let settled: string[];
let said: string[];
/** How each attempt ends; delivered where nothing is said. */
let ends: Record<string, (() => Promise<Outcome>)[]>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-posting-"));
  [open, sent, settled, said, ends] = [[], [], [], [], {}];
});
afterEach(async () => {
  for (const one of open) await one.close();
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, "letters.sqlite");
const left = () => {
  const database = openDatabase(file());
  const found = lettersIn(database).map(({ id, state, attempts }) => `${id} ${state} ${attempts}`);
  database.close();
  return found;
};
const poll = <Got>(got: () => Got) => expect.poll(got, { timeout: 10_000, interval: 5 });

const start = (options: Partial<PostingOptions> = {}) => {
  const log = { info: () => {}, warn: (about: object) => void said.push(JSON.stringify(about)) };
  const posting = createPosting({
    database: openLetters(file()),
    log: log as never,
    send: async ({ id }) => {
      sent.push(id);
      return ends[id]?.shift()?.() ?? "delivered";
    },
    settle: async ({ id }, outcome) => void settled.push(`${id} ${outcome}`),
    waits: [10],
    look: 5,
    ...options,
  });
  open.push(posting);
  return posting;
};
const never = () => new Promise<never>(() => {});

it("is held up by no letter that is slow, and sends one person one at a time", async () => {
  ends = { slow: [never] };
  const posting = start();
  for (const one of [letter("slow", "ada"), letter("second", "ada"), letter("other", "bo")])
    posting.post(one);
  await poll(() => settled).toEqual(["other delivered"]);
  expect(sent).toEqual(["slow", "other"]);
});

it("tries a letter again after waits that grow, and says why", async () => {
  ends = { one: [1, 2, 3].map(() => () => Promise.reject(fault("mail-unwilling"))) };
  start({ waits: [1, 20, 300_000] }).post(letter("one"));
  await poll(left).toEqual(["one waiting 3"]);
  expect(sent).toEqual(["one", "one", "one"]);
  expect(said).toHaveLength(3);
  expect(said[0]).toContain("mail-unwilling");
});

it("tries a server that takes nothing with one letter, and sends all once it does", async () => {
  ends = { a: Array.from({ length: 3 }, () => () => Promise.reject(fault("mail-unreachable"))) };
  ends["b"] = ends["a"]!;
  ends["c"] = ends["a"]!;
  const posting = start();
  for (const id of ["a", "b", "c"]) posting.post(letter(id));
  await poll(() => settled.toSorted()).toEqual(["a delivered", "b delivered", "c delivered"]);
  expect(left()).toEqual([]);
});

it("tells operators what waits, how the server is, and when it last took a letter", async () => {
  const metrics = createMetrics();
  const told = async (posting: Posting, name: string) => {
    posting.measure(metrics);
    const text = await metrics.registry.metrics();
    return text.split("\n").filter((line) => line.startsWith(`assay_${name}`));
  };
  ends = { lost: [async () => "no-address"], away: [() => Promise.reject(fault("mail-sign-in"))] };
  const posting = start({ waits: [300_000] });
  expect(posting.neighbours()).toEqual({ "mail server": "not asked yet" });
  posting.post(letter("taken"));
  posting.post(letter("lost"));
  await poll(left).toEqual(["lost failed 0"]);
  expect(posting.neighbours()).toEqual({ "mail server": "ok" });
  const [taken] = await told(posting, "mail_taken");
  expect(Number(taken!.split(" ")[1])).toBeGreaterThan(Date.now() / 1000 - 60);
  posting.post(letter("away"));
  await poll(() => posting.neighbours()).toEqual({ "mail server": "mail-sign-in" });
  expect(await told(posting, "mail_failures")).toEqual(["assay_mail_failures 1"]);
  expect(await told(posting, "letters")).toEqual([
    'assay_letters{state="waiting"} 1',
    'assay_letters{state="sending"} 0',
    'assay_letters{state="unsure"} 0',
    'assay_letters{state="settling"} 0',
    'assay_letters{state="failed"} 1',
  ]);
  const again = start({ waits: [300_000] });
  expect(again.neighbours()).toEqual({ "mail server": "mail-sign-in" });
});

it("does not repeat at once what may have been taken", async () => {
  ends = { one: [() => Promise.reject(fault("mail-unsure"))] };
  start({ waits: [1, 300_000] }).post(letter("one"));
  await poll(left).toEqual(["one unsure 1"]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(sent).toEqual(["one"]);
});

it("is unsure of what was going out when its process ended", async () => {
  ends = { one: [never] };
  start().post(letter("one"));
  await poll(() => sent).toEqual(["one"]);
  start({ waits: [300_000] });
  expect(left()).toEqual(["one unsure 0"]);
  expect(sent).toEqual(["one"]);
});

it("sends nothing twice because it cannot be recorded", async () => {
  let failures = 3;
  const settle: PostingOptions["settle"] = async ({ id }, outcome) => {
    failures -= 1;
    if (failures >= 0) throw new Error("no room");
    settled.push(`${id} ${outcome}`);
  };
  start({ settle }).post(letter("one"));
  await poll(() => settled).toEqual(["one delivered"]);
  expect(sent).toEqual(["one"]);
});

it("keeps what was given up until somebody lets it go again", async () => {
  ends = { one: [async () => "refused"] };
  start().post(letter("one"));
  await poll(left).toEqual(["one failed 0"]);
  const database = openDatabase(file());
  expect(resend(database)).toBe(0);
  expect(resend(database, "one")).toBe(1);
  database.close();
  await poll(() => settled).toEqual(["one refused", "one delivered"]);
  await poll(left).toEqual([]);
});

it("goes out once, however many replicas have it to send", async () => {
  const store = createMemoryStore();
  const replica = (name: string) =>
    start({
      database: openLetters(join(folder, `${name}.sqlite`)),
      claim: ({ id }, milliseconds) => claim(store, id, { holder: name, milliseconds }),
      waits: [300_000],
    });
  const replicas = ["one", "two", "three"].map(replica);
  for (const posting of replicas) for (const id of ["a", "b", "c", "d"]) posting.post(letter(id));
  await poll(() => settled.toSorted()).toEqual(["a", "b", "c", "d"].map((id) => `${id} delivered`));
  const waiting = () =>
    ["one", "two", "three"].flatMap((name) => {
      const database = openDatabase(join(folder, `${name}.sqlite`));
      const next = lettersIn(database).map((each) => each.next);
      database.close();
      return next;
    });
  await poll(() => waiting().filter((next) => next > Date.now())).toHaveLength(8);
  expect(sent.toSorted()).toEqual(["a", "b", "c", "d"]);
});
