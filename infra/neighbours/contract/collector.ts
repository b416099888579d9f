/** A collector of traces: takes what processes send over OTLP, and keeps it. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export type Span = {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** The process's name, such as `panel`. */
  readonly service: string;
};

type Attribute = { readonly key: string; readonly value: { readonly stringValue?: string } };
type Sent = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<Span, "service">[] }[];
  }[];
};

export const startCollector = async () => {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    void json(request).then((sent) => {
      for (const { resource, scopeSpans } of (sent as Sent).resourceSpans) {
        const named = resource.attributes.find(({ key }) => key === "service.name");
        const service = named?.value.stringValue ?? "";
        for (const { spans: some } of scopeSpans)
          spans.push(...some.map((span) => ({ ...span, service })));
      }
      response.end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: (): readonly Span[] => spans,
    close: (): void => void server.close(),
  };
};
