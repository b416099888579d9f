/** What operators see of each request: one line in the log, two metrics and the span of a trace. */
import type { ServerResponse } from "node:http";

import type { Log } from "@assay/host/log.ts";
import type { Metrics } from "@assay/host/metrics.ts";
import { traced } from "@assay/host/tracing.ts";
import { SpanKind } from "@opentelemetry/api";

import type { Asked } from "./asked.ts";

/** `note` is told the route once it is known, such as `/inspections/:inspection`. */
export type Observed = (
  asked: Asked,
  response: ServerResponse,
  work: (note: (route: string) => void) => Promise<void>,
) => Promise<void>;

/** What the methods are called that a stranger makes up: a label has few values. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);

export const createObserving =
  (log: Log, metrics?: Metrics): Observed =>
  async ({ correlationId, method: given }, response, work) => {
    const method = methods.has(given) ? given : "other";
    const began = performance.now();
    let route = "none";
    const about = { name: method, kind: SpanKind.SERVER, correlationId, id: correlationId };
    await traced(about, async (span) => {
      await work((known) => (route = known));
      const { statusCode: status } = response;
      const seconds = (performance.now() - began) / 1000;
      metrics?.requests.inc({ route, method, status: String(status) });
      metrics?.requestSeconds.observe({ route }, seconds);
      span?.updateName(`${method} ${route}`).setAttributes({
        ...{ "http.request.method": method, "http.route": route },
        "http.response.status_code": status,
      });
      if (route === "/assets") return;
      const took = Math.round(seconds * 1e4) / 10;
      log.info({ correlationId, method, route, status, milliseconds: took }, "request answered");
    });
  };
