import { readFileSync } from "node:fs";
import { join } from "node:path";

import { atTerminal } from "@assay/cli/contract/at-terminal.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { remindersStream } from "@assay/domain/kernel/stream.ts";
import { isErased, mapTexts } from "@assay/domain/kernel/text-places.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { filesWith, wordsAbout } from "@assay/services/contract/words-kept.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Span } from "./contract/collector.ts";
import { mayRunPostfix } from "./contract/postfix.ts";
import { programNamed } from "./contract/programs.ts";
import { nameOf } from "./contract/signed-in.ts";
import { upgradeUnderLoad } from "./contract/upgrading.ts";
import { openWhole, type Whole } from "./contract/whole.ts";

const here = mayRunPostfix() && programNamed("nginx") !== undefined;

describe.skipIf(!here)("a whole deployment (where nginx and Postfix are, by root)", () => {
  const { framework } = versions.at(-1)!;
  const plot = madeUpPlot({
    ...{ inspection: "sandford-2027", service: "Sandford Youth Justice Service", framework },
    ...{ start: Day.parse("2027-03-01"), seed: 3 },
  });
  const { inspection } = plot;
  let whole: Whole;
  let facts: readonly StoredEvent[];

  const read = () => readInspection(whole.store, inspection, [remindersStream(inspection)]);
  const dataOf = (service: string) => join(whole.dataDir, "services", service);
  const assay = (...args: readonly string[]) => atTerminal(args);
  /** What a command says of both replicas' own folders. */
  const ofBoth = async (service: string, ...args: readonly string[]): Promise<string> => {
    const folders = [dataOf(service), dataOf(`${service}-2`)];
    const said = await Promise.all(folders.map((folder) => assay(...args, "--data", folder)));
    return said.map(({ out }) => out).join("");
  };

  beforeAll(async () => {
    whole = await openWhole([plot]);
    await whole.telling.tell().catch((error: unknown) => {
      throw new Error(whole.said().join("\n"), { cause: error });
    });
    facts = await read();
  });
  afterAll(() => whole.close());

  /** In mebibytes; the first of publication is the one that publishes. */
  const allowed = (replica: string): number => {
    const service = replica === "publication" ? "publisher" : replica.replace("-2", "");
    const file = service === "publisher" ? "publication" : service;
    const manifests = readFileSync(join(import.meta.dirname, `../deploy/${file}.yaml`), "utf8");
    const own = manifests.split("---").find((each) => each.includes(`serviceName: ${service}\n`));
    return Number(/limits: \{ memory: (\d+)Mi \}/.exec(own ?? "")?.[1]);
  };

  /** The line that the console's process logged under a reference. */
  const loggedUnder = (reference: string | null | undefined) =>
    whole.logOf("console").find((line) => line["reference"] === reference);

  it("carries an inspection by people who sign in, until it is published and closed", async () => {
    const types = facts.map(({ type }) => type);
    expect(types).toContain("ReportPublished");
    expect(types.at(-1)).toBe("InspectionClosed");
    const by = new Set(facts.map(({ data }) => (data["by"] as { readonly id: string }).id));
    expect(by.size).toBeGreaterThan(10);
    expect(whole.logOf("console").filter(({ msg }) => msg === "sign-in refused")).toEqual([]);
    const report = `${whole.origin}/site/reports/${inspection}/1/report.json`;
    const published = async () => (await fetch(report)).status;
    await expect.poll(published, { timeout: 60_000, interval: 200 }).toBe(200);
  });

  it("shows at the console that the store still says what the publisher signed", async () => {
    const { browser } = await whole.people.sessionOf(people.head);
    const proofs = `${whole.origin}/inspections/${inspection}/proofs?verify=1`;
    const page = await (await browser.open(proofs)).text();
    expect(page).toMatch(/Yes<\/strong> All \d+ events that were signed are there, unchanged/);
    expect(page).toContain("Nothing is wrong");
  });

  it("makes one trace of a form, its fact, and the report that came of it", async () => {
    const { collector } = whole;
    const upFrom = (spanId: string | undefined): readonly Span[] => {
      const span = collector.spans().find((one) => one.spanId === spanId);
      return span ? [span, ...upFrom(span.parentSpanId)] : [];
    };
    const published = () => collector.spans().find(({ name }) => name === "ReportPublished");
    await expect.poll(published, { timeout: 30_000 }).toBeDefined();
    const way = () => upFrom(published()?.spanId).map(({ service, name }) => `${service} ${name}`);
    await expect
      .poll(way, { timeout: 30_000 })
      .toEqual([
        ...["publication ReportPublished", "publication PublishReport"],
        ...["publication EmbargoedCopiesSent", "publication SendEmbargoedCopies"],
        ...["publication EmbargoSet", "publication SetEmbargo", "console POST /api/v1/commands"],
      ]);
    expect(new Set(collector.spans().map(({ service }) => service)).size).toBe(5);
  });

  it("tells within its own time that the store or NATS hangs, and ends nobody for it", async () => {
    const told = async (path: string) =>
      Promise.all(
        whole.services.map(async ({ operations }) => {
          const answer = await fetch(`${operations}/health/${path}`);
          const { services } = (await answer.json()) as { services: Record<string, string>[] };
          return { status: answer.status, ...services[0] };
        }),
      );
    const pids = whole.services.map(({ pid }) => pid);
    for (const [what, server] of [
      ["store", whole.eventStore],
      ["bus", whole.nats],
    ] as const) {
      process.kill(server.pid!, "SIGSTOP");
      try {
        const [ready, live] = await Promise.all([told("ready"), told("live")]);
        expect(ready.map((one) => [one.status, one[what as "status"]])).toEqual(
          ready.map(() => [503, "timeout"]),
        );
        expect(live.map(({ status }) => status)).toEqual(live.map(() => 200));
      } finally {
        process.kill(server.pid!, "SIGCONT");
      }
      const areReady = async () => (await told("ready")).every(({ status }) => status === 200);
      await expect.poll(areReady, { timeout: 60_000 }).toBe(true);
    }
    expect(whole.services.map(({ pid }) => pid)).toEqual(pids);
  });

  it("takes no more memory than the manifests allow each service", async () => {
    for (const { name, operations } of whole.services) {
      const metrics = await (await fetch(`${operations}/metrics`)).text();
      const used = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]) / 2 ** 20;
      expect({ name, fits: used < allowed(name) }).toEqual({ name, fits: true });
    }
  });

  it("shows people by the names that the provider gives them", async () => {
    const { browser } = await whole.people.sessionOf(people.head);
    const page = async () =>
      (await browser.open(`${whole.origin}/inspections/${inspection}`)).text();
    for (const { id } of [people.lead, ...people.inspectors])
      await expect.poll(page, { timeout: 60_000 }).toContain(nameOf(id));
    expect((await assay("people", "list", "--data", dataOf("console"))).out).toContain(
      nameOf(people.lead.id),
    );
    const cases = await (
      await browser.open(`${whole.origin}/inspections/${inspection}/cases`)
    ).text();
    expect(cases).toContain(nameOf(people.inspectors[0]!.id));
    expect(cases).not.toMatch(/Inspector 1(?! of)/);
  });

  it("sends each letter once, encrypted, to who owes, with the day and the very place", async () => {
    const delivered = facts.filter(({ type }) => type === "ReminderDelivered");
    expect(delivered.length).toBeGreaterThan(2);
    const letters = whole.postfix.letters().map((letter) => letter.replaceAll("=\n", ""));
    expect(letters).toHaveLength(delivered.length);
    for (const letter of letters) {
      expect(letter).toContain("(using TLSv1.3");
      expect(letter).toMatch(/^Reply-To: Inspections </m);
      expect(letter).toMatch(/^Subject: .*Sandford Youth Justice Service/m);
    }
    const reminders = letters.filter((letter) => /please do this by|this was due by/.test(letter));
    expect(reminders.length).toBeGreaterThan(2);
    for (const letter of reminders) {
      expect(letter).toMatch(/^Subject: Inspection of Sandford Youth Justice Service: /m);
      expect(letter).toMatch(/please do this by \d+ [A-Z][a-z]+ 2027\.|this was due by/);
      expect(letter).toContain(`${whole.origin}/inspections/${inspection}`);
    }
    expect(letters.join("")).toContain(`Dear ${nameOf(people.lead.id)},`);
  });

  it("tells of letters that were refused, by list, health and metrics", async () => {
    const out = await ofBoth("announcement", "letters", "list");
    expect(out).toContain("refused");
    expect(out).toContain("no-address");
    const [first, second] = whole.services
      .filter(({ name }) => name.startsWith("announcement"))
      .map(({ operations }) => operations);
    const health = await (await fetch(`${first}/health/ready`)).json();
    expect(health).toMatchObject({ status: "ok", neighbours: { "mail server": "ok" } });
    const told = async (from: string) => (await fetch(`${from}/metrics`)).text();
    const metrics = (await told(first!)) + (await told(second!));
    expect(metrics).toMatch(/^assay_letters\{state="failed"\} [1-9]/m);
  });

  it("explains a sign-in that is refused under its reference, in the log and access log", async () => {
    whole.provider.accounts.set("kim", { preferred_username: "kim", roles: ["king"] });
    const { page, text } = await whole.people.signIn("kim");
    expect(page.status).toBe(401);
    const reference = /<code>([0-9a-f-]{36})<\/code>/.exec(text)?.[1];
    expect(loggedUnder(reference)).toMatchObject({
      ...{ level: "warn", cause: "claim", claim: "roles", value: '["king"]', subject: "kim" },
    });
    const shown = await ofBoth("console", "access", "show", reference!);
    expect(shown).toContain("the claim roles names no role");
  });

  it("explains a token that is refused, and a command, under the answer's reference", async () => {
    const api = `${whole.origin}/api/v1`;
    const token = await fetch(`${api}/inspections`, { headers: { authorization: "Bearer x.y.z" } });
    expect(token.status).toBe(401);
    expect(token.headers.get("www-authenticate")).toContain("invalid_token");
    const of = (answer: Response) => answer.headers.get("x-correlation-id");
    expect(loggedUnder(of(token))).toMatchObject({ level: "warn", cause: "no-token" });
    const { browser, token: form } = await whole.people.sessionOf(people.auditor);
    const command = await browser.open(`${api}/commands`, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", "x-csrf-token": form },
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify({ type: "EndDelegation", inspection }),
    });
    expect(command.ok).toBe(false);
    const shown = await ofBoth("console", "access", "show", of(command)!);
    expect(shown).toMatch(/auditor.*EndDelegation: \w+/);
  });

  it("keeps words about cases from every file, and erases them for every process", async () => {
    const words = wordsAbout(facts);
    expect(words.size).toBeGreaterThan(4);
    expect(filesWith(whole.dataDir, words)).toEqual([]);
    const of = String(facts.find(({ type }) => type === "CaseAllocated")!.data["case"]);
    const { browser, token } = await whole.people.sessionOf(people.head);
    const reason = "The family objected, and nothing outweighs it.";
    const erased = await browser.open(`${whole.origin}/api/v1/commands`, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", "x-csrf-token": token },
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify({
        ...{ type: "EraseCase", inspection, of, ground: "objection-upheld", reason },
      }),
    });
    expect(await erased.json()).toMatchObject({ accepted: true, events: 1 });
    const states = new Set<string>();
    for (const { data } of await read())
      mapTexts(data, (text, { case: about }) => {
        if (about === of) states.add(isErased(text) ? "gone" : "kept");
        return text;
      });
    expect(states).toEqual(new Set(["gone"]));
  });

  it("is upgraded, one replica after the other, to code that writes facts of a newer version", async () => {
    const type = "InspectionScheduled";
    const from = currentVersion(type);
    const scheduled = {
      ...{ type: "ScheduleInspection", service: plot.service, framework: framework.id },
      fieldwork: { start: "2029-03-05", end: "2029-03-09" },
      team: [{ person: "lead-inspector", role: "lead-inspector" }],
    };
    const { failed, done } = await upgradeUnderLoad(whole, {
      newer: { type, from },
      pages: [`/inspections/${inspection}`, "/public"],
      command: (turn) => ({ ...scheduled, inspection: `upgraded-${turn}` }),
    });
    expect(failed.slice(0, 5)).toEqual([]);
    expect(done).toBeGreaterThan(whole.services.length);
    const written = new Set<unknown>();
    for await (const page of whole.store.readAll({ prefixes: ["inspection-upgraded-"] }))
      for (const one of page) if (one.type === type) written.add(one.metadata["version"]);
    expect(written).toEqual(new Set([from, from + 1]));
    // What the former code could not read, it set aside; the newer code does it.
    for (const { operations } of whole.services) {
      const status = async () =>
        ((await (await fetch(`${operations}/health/ready`)).json()) as { status: string }).status;
      await expect.poll(status, { timeout: 30_000 }).toBe("ok");
    }
  });
});
