/**
 * Traces in OpenTelemetry's terms. A trace is what one request led to: its id is the correlation id
 * that travels with commands and facts. A span's id follows from the id of what it stands for, a
 * request, a command or a fact, and so does its parent's. Nothing is carried or stored for it, and
 * what several processes did meets in one trace. Nothing is recorded before `recordSpans`.
 */
import { createHash } from "node:crypto";

import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer,
  type TracerProvider,
} from "@opentelemetry/api";
import type { NewEvent } from "@assay/store/port.ts";

import { codeOf } from "./fault.ts";

export type Traced = {
  readonly name: string;
  readonly kind: SpanKind;
  /** A UUID. */
  readonly correlationId: string;
  /** Of what the span stands for. */
  readonly id: string;
  /** Of what led to it; left out where the trace begins. */
  readonly parent?: string | undefined;
  readonly attributes?: Attributes;
};

let tracer: Tracer | undefined;
let next = { traceId: "", spanId: "" };

/** What a provider needs so that spans have the ids that follow from what they stand for. */
export const spanIds = {
  generateTraceId: (): string => next.traceId,
  generateSpanId: (): string => next.spanId,
};

/** Spans go to `provider`, which takes its ids from `spanIds`, until the answer is called. */
export const recordSpans = (provider: TracerProvider): (() => void) => {
  tracer = provider.getTracer("assay");
  return () => (tracer = undefined);
};

const traceIdOf = (correlationId: string): string => correlationId.replaceAll("-", "");

const spanIdOf = (id: string): string =>
  createHash("sha256").update(`span/${id}`).digest("hex").slice(0, 16);

const begin = (recorder: Tracer, traced: Traced): Span => {
  const { name, kind, correlationId, id, parent, attributes = {} } = traced;
  next = { traceId: traceIdOf(correlationId), spanId: spanIdOf(id) };
  if (parent === undefined) return recorder.startSpan(name, { kind, attributes }, ROOT_CONTEXT);
  const within = trace.setSpanContext(ROOT_CONTEXT, {
    ...{ traceId: next.traceId, spanId: spanIdOf(parent) },
    ...{ traceFlags: TraceFlags.SAMPLED, isRemote: true },
  });
  return recorder.startSpan(name, { kind, attributes }, within);
};

/** `work` within a span, which is given to it where one is recorded. */
export const traced = async <Result>(
  about: Traced,
  work: (span?: Span) => Promise<Result>,
): Promise<Result> => {
  if (tracer === undefined) return work();
  const span = begin(tracer, about);
  try {
    return await work(span);
  } catch (error) {
    // Its message may quote what somebody wrote.
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute("error.type", codeOf(error));
    throw error;
  } finally {
    span.end();
  }
};

/** A span without length for each fact, below its command, so that what follows hangs below it. */
export const traceFacts = (events: readonly NewEvent[]): void => {
  if (tracer === undefined) return;
  for (const { id, type, metadata } of events) {
    const { correlationId, commandId } = metadata as Readonly<Record<string, string>>;
    const about = { name: type, kind: SpanKind.INTERNAL, correlationId: correlationId!, id };
    begin(tracer, { ...about, parent: commandId }).end();
  }
};
