/**
 * Inputs by the ten thousand that nobody means well with, over every path of the console and its
 * API, every command on the bus and every file that comes in. All of them are refused clearly.
 */
import { createServer, request as ask, Agent, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { readSettings } from "@assay/console/config.ts";
import { createConsole } from "@assay/console/console.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readCaseList } from "@assay/intake/case-list-file.ts";
import { readInspectors, readServices } from "@assay/intake/planning-file.ts";
import { settingsOfFormat1 } from "@assay/domain/sampling/certificate-format-1.ts";
import { document2018 } from "@assay/domain/framework/shipped.ts";
import { caseListTemplate } from "@assay/domain/sampling/template.ts";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { carry } from "./carry.ts";
import {
  aboutAll,
  auditor,
  commandSent,
  input,
  json,
  nasty,
  type Sent,
} from "./contract/hostile-inputs.ts";
import { type Engine, startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const template = caseListTemplate(settings.columns);

const patience = 600_000;
const counts = { http: 12_000, bus: 15_000, files: 8_000 };
let tried = 0;

let engine: Engine;
let server: Server;
let port: number;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

beforeAll(async () => {
  const log = createLog({ service: "fuzz", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
  engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots: examplePlots().slice(0, 1) });
  const { handle } = createConsole({
    ...{ store: engine.store, bus: engine.bus, clock, log },
    people: [...Object.values(people).flat(), auditor],
    settings: readSettings({ API_BURST: "1000000", API_RATE: "1000000" }),
  });
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
  await engine.close();
});

const end = async (): Promise<unknown> => {
  for await (const page of engine.store.readAll({ direction: "backwards", limit: 1 }))
    return page[0]?.position;
  return undefined;
};

/** Whatever the work does, nothing is recorded by it. */
const recordingNothing = async (work: () => Promise<void>): Promise<void> => {
  const before = await end();
  await work();
  await engine.idle();
  expect(await end()).toEqual(before);
};

const send = ({ method, path, headers, body: content }: Sent): Promise<number> =>
  new Promise((resolve, reject) => {
    const bodied = method === "GET" || method === "HEAD" ? "" : content;
    const sent = ask({ port, host: "127.0.0.1", agent, method, path, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(bodied);
  });

/** Several inputs a run, so that the server is asked at the same time. */
const together = 50;
const inBatches = async <Input>(
  one: fc.Arbitrary<Input>,
  count: number,
  look: (given: Input) => Promise<void>,
): Promise<void> => {
  const batch = fc.array(one, { minLength: together, maxLength: together });
  const property = fc.asyncProperty(batch, async (inputs) => {
    await Promise.all(inputs.map(look));
    tried += inputs.length;
  });
  await fc.assert(property, { numRuns: Math.ceil(count / together), endOnFailure: true });
};

const clear = new Set([200, 303, 304, 400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 429, 431]);

it(
  "answers every path clearly, whatever is sent there",
  () =>
    recordingNothing(async () => {
      const either = fc.oneof(
        { weight: 3, arbitrary: input },
        { weight: 1, arbitrary: commandSent },
      );
      await inBatches(either, counts.http, async (sent) => {
        const status = await send(sent);
        if (!clear.has(status)) expect.fail(`${status} for ${JSON.stringify(sent)}`);
      });
    }),
  patience,
);

it(
  "refuses every command on every subject that is no command, or nobody's to send",
  () =>
    recordingNothing(async () => {
      await inBatches(aboutAll, counts.bus, async ({ step, id, command: given }) => {
        const plain = JSON.parse(JSON.stringify(given)) as { type: string };
        const envelope = { id, correlationId: id, causationId: id, command: plain };
        const reply = await engine.bus.send(
          step,
          envelope as Parameters<typeof engine.bus.send>[1],
        );
        if (reply.accepted || reply.refusal.reason === "") expect.fail(JSON.stringify(given));
      });
    }),
  patience,
);

const files = [
  readCaseList,
  ({ content }: { content: string | Uint8Array }) => readServices(content),
];
const spoilt = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(template.length), nasty), { maxLength: 6 }),
    fc.nat(template.length),
  )
  .map(([changes, until]) => {
    let text = template.slice(0, until);
    for (const [at, more] of changes) text = text.slice(0, at) + more + text.slice(at);
    return text;
  });
const content = fc.oneof(
  spoilt,
  spoilt.map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 300 }),
  json.map((value) => JSON.stringify(value) ?? ""),
  fc.array(json, { maxLength: 4 }).map((rows) => JSON.stringify(rows)),
);

it(
  "reads every file to rows or to problems at their places",
  async () => {
    const inspectors = ({ content: given }: { content: string | Uint8Array }) =>
      readInspectors(given);
    const importers = [...files, inspectors];
    await inBatches(content, counts.files, async (given) => {
      for (const read of importers) {
        const found = read({ content: given, settings });
        if (found.accepted) continue;
        if (found.problems.length === 0) expect.fail(JSON.stringify(given));
      }
    });
  },
  patience,
);

it("has tried thirty-five thousand inputs", () => {
  expect(tried).toBeGreaterThanOrEqual(35_000);
});
