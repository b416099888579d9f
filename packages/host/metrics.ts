/** What operators can watch, in Prometheus' terms. One registry for each process. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

import { infoNow } from "./info.ts";

export type Metrics = {
  readonly registry: Registry;
  readonly commands: Counter<"service" | "type" | "outcome">;
  readonly commandSeconds: Histogram<"service">;
  readonly appended: Counter<"service">;
  readonly conflicts: Counter<"service">;
  readonly duties: Counter<"service" | "outcome">;
  readonly timers: Gauge<"service">;
  /** Inspections of which something is owed for more than a minute, or is tried again. */
  readonly late: Gauge<"service">;
  readonly aside: Gauge<"service">;
  readonly lagSeconds: Gauge<"service" | "subscription">;
  readonly subscriptionFaults: Counter<"service" | "subscription" | "code">;
  readonly requests: Counter<"route" | "method" | "status">;
  readonly requestSeconds: Histogram<"route">;
  readonly build: Gauge<"version" | "commit">;
  readonly identityProviderUp: Gauge;
  readonly identity: Counter<"kind" | "outcome">;
  readonly letters: Gauge<"state">;
  readonly mailFailures: Gauge;
  readonly mailTaken: Gauge;
  readonly checkpointsWaiting: Gauge<"missing">;
  readonly reachable: Gauge<"service" | "what">;
  readonly clockSkew: Gauge<"service">;
  readonly copied: Gauge<"of">;
  readonly integrityBroken: Gauge;
};

/** What the process itself uses: processor, memory, event loop, open files. Once for a process. */
export const measureProcess = ({ registry, build }: Metrics): void => {
  collectDefaultMetrics({ register: registry });
  const { version, git } = infoNow();
  build.set({ version, commit: git?.ref ?? "unknown" }, 1);
};

type Named = <Label extends string>(
  name: string,
  help: string,
  labelNames: Label[],
) => {
  readonly name: string;
  readonly help: string;
  readonly labelNames: Label[];
  readonly registers: Registry[];
};

/** Of what waits for somebody else: a mail server, a signature, a witness. */
const waitingMetrics = (named: Named) => ({
  letters: new Gauge(named("letters", "Letters that are not done with, by state", ["state"])),
  mailFailures: new Gauge(
    named("mail_failures", "How often in a row nothing could be handed to the mail server", []),
  ),
  mailTaken: new Gauge(
    named("mail_taken_timestamp_seconds", "When the mail server last took a letter; 0: never", []),
  ),
  checkpointsWaiting: new Gauge(
    named("checkpoints_waiting", "Checkpoints without a signature, inspections without a witness", [
      "missing",
    ]),
  ),
});

/** Of what people do not see before it is too late. */
const watchedMetrics = (named: Named) => ({
  reachable: new Gauge(
    named("reachable", "1 where store, bus or keys of words answered when last asked", [
      "service",
      "what",
    ]),
  ),
  clockSkew: new Gauge(
    named("clock_skew_seconds", "How far the clock is ahead of that of the NATS servers", [
      "service",
    ]),
  ),
  copied: new Gauge(
    named("copied_timestamp_seconds", "When the data, or the keys of words, were last copied", [
      "of",
    ]),
  ),
  integrityBroken: new Gauge(
    named("integrity_broken", "Inspections that are not stored as they were signed", []),
  ),
});

export const createMetrics = (registry: Registry = new Registry()): Metrics => {
  const registers = [registry];
  const named: Named = (name, help, labelNames) => ({
    name: `assay_${name}`,
    help,
    labelNames,
    registers,
  });
  return {
    registry,
    commands: new Counter(
      named("commands_total", "Commands answered, by outcome", ["service", "type", "outcome"]),
    ),
    commandSeconds: new Histogram({
      ...named("command_seconds", "From a command's arrival to its answer", ["service"]),
      buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    }),
    appended: new Counter(named("events_appended_total", "Events appended", ["service"])),
    conflicts: new Counter(
      named("append_conflicts_total", "Appends that another writer came before", ["service"]),
    ),
    duties: new Counter(
      named("duties_total", "Duties carried out by Assay itself", ["service", "outcome"]),
    ),
    timers: new Gauge(named("timers", "Inspections with a duty in the future", ["service"])),
    late: new Gauge(
      named("duties_late", "Inspections with a duty over a minute late, or tried again", [
        "service",
      ]),
    ),
    aside: new Gauge(
      named("set_aside", "What failed for good and waits for somebody to look at it", ["service"]),
    ),
    lagSeconds: new Gauge(
      named("subscription_lag_seconds", "How long a subscription has been behind the store", [
        "service",
        "subscription",
      ]),
    ),
    requests: new Counter(
      named("requests_total", "Requests answered, by route", ["route", "method", "status"]),
    ),
    requestSeconds: new Histogram({
      ...named("request_seconds", "From a request's arrival to its answer", ["route"]),
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    }),
    build: new Gauge(named("build_info", "1 for the code that runs here", ["version", "commit"])),
    identityProviderUp: new Gauge(
      named("identity_provider_up", "1 where the provider answered when last asked", []),
    ),
    identity: new Counter(
      named("identity_total", "What the provider was asked for, by outcome", ["kind", "outcome"]),
    ),
    ...waitingMetrics(named),
    ...watchedMetrics(named),
    subscriptionFaults: new Counter(
      named("subscription_faults_total", "Interruptions of a subscription", [
        "service",
        "subscription",
        "code",
      ]),
    ),
  };
};
