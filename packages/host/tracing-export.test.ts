import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { SpanKind } from "@opentelemetry/api";
import { expect, it } from "vitest";

import { startTracing } from "./tracing-export.ts";
import { traced } from "./tracing.ts";

const correlationId = "0d5ad5b6-3d2f-4d6e-9a53-0f6f5d3c2b1a";
const about = { name: "work", kind: SpanKind.INTERNAL, correlationId, id: "one" };

type Span = {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly unknown[];
};
type Sent = {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
};

it("sends what is left to the collector when it is closed", async () => {
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(`${request.url} ${body}`);
      response.end("{}");
    });
  });
  collector.listen(0, "127.0.0.1");
  await once(collector, "listening");
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;

  const tracing = await startTracing("fieldwork", endpoint);
  await traced({ ...about, attributes: { step: "panel" } }, () => Promise.resolve());
  await traced({ ...about, id: "two", parent: "one" }, () => Promise.resolve());
  await expect(traced(about, () => Promise.reject(new Error("Ada said no")))).rejects.toThrow();
  await tracing.close();
  await traced(about, () => Promise.resolve());
  collector.close();

  const [path, sent = ""] = bodies.join("").split(/ (.*)/s);
  expect(path).toBe("/v1/traces");
  const traceId = correlationId.replaceAll("-", "");
  expect(sent.match(/"traceId":"[^"]*"/g)).toEqual(Array(3).fill(`"traceId":"${traceId}"`));
  const { resourceSpans } = JSON.parse(sent) as Sent;
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans));
  const [first, below, failed] = spans;
  expect(first).toMatchObject({ name: "work", status: { code: 0 } });
  expect(first!.attributes).toEqual([{ key: "step", value: { stringValue: "panel" } }]);
  expect(below!.parentSpanId).toBe(first!.spanId);
  expect(failed).toMatchObject({ status: { code: 2 } });
  expect(failed!.attributes).toEqual([{ key: "error.type", value: { stringValue: "Error" } }]);
  expect(sent).toContain('"fieldwork"');
  expect(sent).not.toContain("Ada");
});

it("works on where no collector is named", async () => {
  const tracing = await startTracing("fieldwork", undefined);
  expect(await traced(about, () => Promise.resolve(7))).toBe(7);
  await tracing.close();
});
