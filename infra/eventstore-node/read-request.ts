/** What a client asks to read, in the engine's words. */
import type { Filter } from "@assay/store/engine/reader.ts";
import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";

import { invalidArgument } from "./faults.ts";
import { nameOf, numberOf } from "./proposals.ts";
import type { UuidForm } from "./recorded-event.ts";

type Common = {
  /** A revision or a position. */
  readonly from: number | "start" | "end";
  readonly forwards: boolean;
  readonly limit: number;
  readonly subscription: boolean;
  readonly resolveLinks: boolean;
  readonly form: UuidForm;
};

export type StreamRead = Common & { readonly kind: "stream"; readonly stream: string };

export type AllRead = Common & {
  readonly kind: "all";
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
    form: options.getUuidOption()?.hasString() ? ("text" as const) : ("structured" as const),
  };
  if (common.subscription && !common.forwards) {
    throw invalidArgument("A subscription goes forwards.");
  }
  const stream = options.getStream();
  if (stream) return { kind: "stream", ...common, ...fromStream(stream) };
  const all = options.getAll();
  if (!all) throw invalidArgument("Neither a stream nor $all is asked for.");
  return { kind: "all", ...common, from: fromAll(all), ...filterOf(options.getFilter()) };
};

const fromStream = (
  options: ReadReq.Options.StreamOptions,
): Pick<StreamRead, "stream" | "from"> => {
  const stream = nameOf(options.getStreamIdentifier());
  if (options.hasRevision()) return { stream, from: numberOf(options.getRevision()) };
  return { stream, from: options.hasEnd() ? "end" : "start" };
};

const fromAll = (options: ReadReq.Options.AllOptions): AllRead["from"] => {
  const position = options.getPosition();
  if (position) return numberOf(position.getCommitPosition());
  return options.hasEnd() ? "end" : "start";
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
