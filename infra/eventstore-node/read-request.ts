/** What a client asks to read, in the engine's words. */
import type { Filter } from "@assay/store/engine/reader.ts";
import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";

import { handlerFailed, invalidArgument } from "./faults.ts";
import { nameOf, numberOf } from "./proposals.ts";
import type { UuidForm } from "./recorded-event.ts";

type Common = {
  /** A revision or a position. */
  readonly from: number | "start" | "end";
  readonly forwards: boolean;
  readonly limit: number;
  readonly subscription: boolean;
  readonly resolveLinks: boolean;
  /** Whether the client wants to hear where the stream ended (compatibility 21). */
  readonly tellsEnd: boolean;
  readonly form: UuidForm;
};

export type StreamRead = Common & { readonly kind: "stream"; readonly stream: string };

export type AllRead = Common & {
  readonly kind: "all";
  /** Whether the place asked for is no record's: here both its numbers are the same for each. */
  readonly lost: boolean;
  readonly filters: readonly Filter[];
  /** After how many events looked at a filtered subscription tells its position. */
  readonly checkpointInterval: number | undefined;
};

/** Throws a `CallFault` for what makes no sense. */
export const readOf = (request: ReadReq): StreamRead | AllRead => {
  const options = request.getOptions();
  if (!options) throw invalidArgument("The options are missing.");
  const common = {
    forwards: options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS,
    limit: options.hasCount() ? numberOf(options.getCount()) : Infinity,
    subscription: options.hasSubscription(),
    resolveLinks: options.getResolveLinks(),
    tellsEnd: (options.getControlOption()?.getCompatibility() ?? 0) >= 21,
    form: options.getUuidOption()?.hasString() ? ("text" as const) : ("structured" as const),
  };
  if (common.subscription && !common.forwards) {
    throw invalidArgument("A subscription goes forwards.");
  }
  const stream = options.getStream();
  if (stream) return { kind: "stream", ...common, ...fromStream(stream) };
  const all = options.getAll();
  if (!all) throw invalidArgument("Neither a stream nor $all is asked for.");
  return { kind: "all", ...common, ...fromAll(all), ...filterOf(options.getFilter()) };
};

const fromStream = (
  options: ReadReq.Options.StreamOptions,
): Pick<StreamRead, "stream" | "from"> => {
  const stream = nameOf(options.getStreamIdentifier());
  if (options.hasRevision()) return { stream, from: numberOf(options.getRevision()) };
  return { stream, from: options.hasEnd() ? "end" : "start" };
};

const fromAll = (options: ReadReq.Options.AllOptions): Pick<AllRead, "from" | "lost"> => {
  const position = options.getPosition();
  if (!position) return { from: options.hasEnd() ? "end" : "start", lost: false };
  const [commit, prepare] = [position.getCommitPosition(), position.getPreparePosition()];
  if (BigInt(prepare) > BigInt(commit)) throw handlerFailed();
  return { from: numberOf(commit), lost: prepare !== commit };
};

/** What the server looks through at once, unless the client names another number. */
const searchWindow = 32;

const filterOf = (
  options: ReadReq.Options.FilterOptions | undefined,
): Pick<AllRead, "filters" | "checkpointInterval"> => {
  if (!options) return { filters: [], checkpointInterval: undefined };
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  if (!expression) throw invalidArgument("The filter says neither stream nor event type.");
  const on = byStream ? "stream" : "type";
  const pattern = expression.getRegex();
  const window = options.hasMax() ? options.getMax() : searchWindow;
  return {
    filters: [
      pattern === "" ? { on, prefixes: expression.getPrefixList() } : byPattern(on, pattern),
    ],
    checkpointInterval: Math.max(1, window * options.getCheckpointintervalmultiplier()),
  };
};

const byPattern = (on: Filter["on"], pattern: string): Filter => {
  try {
    return { on, pattern: new RegExp(pattern).source };
  } catch {
    throw invalidArgument(`'${pattern}' is not a regular expression.`);
  }
};
