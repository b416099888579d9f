/** Reading what is stored: a stream or all of them, either way, with links followed if asked. */
import { isTombstoned } from "@assay/store/engine/commands.ts";
import type { Engine } from "@assay/store/engine/engine.ts";
import { isSoftDeleted } from "@assay/store/engine/metadata.ts";
import { Pace } from "@assay/store/engine/pace.ts";
import type { Row } from "@assay/store/engine/reader.ts";
import { visiblePart } from "@assay/store/engine/visible.ts";

import { streamDeleted, unexpectedRead } from "./faults.ts";
import type { Outlet } from "./outlet.ts";
import type { AllRead, StreamRead } from "./read-request.ts";
import { encodeEvent, type Resolved } from "./recorded-event.ts";
import { lastStreamPosition, streamNotFound } from "./responses.ts";

export const pageSize = 500;

/** How many positions one page may look at, so that a rare match does not block the node. */
const window = 20_000;

export const readStream = async (
  engine: Engine,
  asked: StreamRead,
  outlet: Outlet,
): Promise<void> => {
  const { stream: name, forwards } = asked;
  if (isTombstoned(engine, name)) throw streamDeleted(name);
  if (asked.limit === 0 || (forwards && asked.from === "end"))
    throw unexpectedRead("ReadStreamResult: Error");
  const stream = engine.streams.find(name);
  if (!stream || stream.last < 0 || isSoftDeleted(stream)) {
    return outlet.send(streamNotFound(name));
  }
  const edges = { start: 0, end: forwards ? Infinity : stream.last };
  let from = typeof asked.from === "number" ? asked.from : edges[asked.from];
  let left = asked.limit;
  const pace = new Pace(pageSize);
  while (left > 0 && !outlet.closed) {
    const rows = streamPage(engine, { name, from, forwards, limit: Math.min(left, pace.limit) });
    if (rows.length === 0) break;
    pace.observe(rows);
    for (const row of rows) outlet.send(encodeEvent(resolve(engine, row, asked), asked.form));
    left -= rows.length;
    from = rows.at(-1)![2] + (forwards ? 1 : -1);
    await outlet.ready();
  }
  if (asked.tellsEnd) outlet.send(lastStreamPosition(stream.last));
};

export const streamPage = (
  engine: Engine,
  asked: {
    readonly name: string;
    readonly from: number;
    readonly forwards: boolean;
    readonly limit: number;
  },
): Row[] => {
  const { name, from: start, forwards, limit } = asked;
  const stream = engine.streams.find(name);
  if (!stream) return [];
  const { first, last, since } = visiblePart(name, stream, engine.now());
  const from = forwards ? Math.max(first, start) : first;
  const to = forwards ? last : Math.min(last, start);
  if (from > to) return [];
  return engine.reader.inStream({ name, stream, from, to, since, forwards, limit });
};

/** Forwards from the position itself; backwards from the event before it. */
export const readAll = async (engine: Engine, asked: AllRead, outlet: Outlet): Promise<void> => {
  const { forwards, filters } = asked;
  const end = engine.reader.end();
  if (asked.lost) throw unexpectedRead("ReadAllResult: InvalidPosition");
  const edges = forwards ? { start: 1, end: end + 1 } : { start: 0, end: end + 1 };
  let at = typeof asked.from === "number" ? asked.from : edges[asked.from];
  if (!forwards) at = Math.min(at, end + 1);
  let left = asked.limit;
  const pace = new Pace(pageSize);
  while (left > 0 && (forwards ? at <= end : at > 1) && !outlet.closed) {
    const limit = Math.min(left, pace.limit);
    const edge = forwards ? Math.min(at + window, end + 1) : Math.max(at - window, 1);
    const bounds = forwards ? { above: at - 1, below: edge } : { above: edge - 1, below: at };
    const rows = engine.reader.scan({ ...bounds, forwards, limit, filters });
    pace.observe(rows);
    for (const row of rows) outlet.send(encodeEvent(resolve(engine, row, asked), asked.form));
    left -= rows.length;
    const full = rows.length === limit;
    at = full ? rows.at(-1)![0] + (forwards ? 1 : 0) : edge;
    await outlet.ready();
  }
};

/** A link's data is `revision@stream`; what it led to may be gone. */
export const resolve = (
  engine: Engine,
  row: Row,
  { resolveLinks }: { readonly resolveLinks: boolean },
): Resolved => {
  if (!resolveLinks || row[4] !== "$>") return { event: row };
  const data = typeof row[7] === "string" ? row[7] : Buffer.from(row[7]).toString("utf8");
  const at = data.indexOf("@");
  const [revision, name] = [Number(data.slice(0, at)), data.slice(at + 1)];
  if (at < 1 || !Number.isSafeInteger(revision) || isTombstoned(engine, name)) {
    return { event: undefined, link: row };
  }
  const asked = { name, from: revision, forwards: true, limit: 1 };
  const [event] = streamPage(engine, asked);
  return { event: event?.[2] === revision ? event : undefined, link: row };
};
