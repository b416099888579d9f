/** Appending, one at a time and in batches; all of it shares the engine's group commit. */
import { append, type Append, type Outcome } from "@assay/store/engine/commands.ts";
import type { Engine } from "@assay/store/engine/engine.ts";
import type { AppendReq } from "@eventstore/db-client/generated/streams_pb.js";
import type { sendUnaryData, ServerReadableStream } from "@grpc/grpc-js";

import { type CallFault, faultOf, maxAppendSizeExceeded, streamDeleted } from "./faults.ts";
import { expectationOf, maxAppendSize, nameOf, proposedOf } from "./proposals.ts";
import { appendConflict, appended } from "./responses.ts";

export const handleAppend = async (
  engine: Engine,
  call: ServerReadableStream<AppendReq, Buffer>,
  reply: sendUnaryData<Buffer>,
): Promise<void> => {
  try {
    const asked = await receive(engine, call);
    const outcome = await engine.change((writer) => append(writer, asked));
    reply(null, answer(outcome, asked));
  } catch (error) {
    reply(faultOf(error));
  }
};

const answer = (outcome: Outcome, { stream, expected }: Append): Buffer => {
  switch (outcome.kind) {
    case "done":
      return appended(outcome);
    case "conflict":
      return appendConflict(outcome, expected);
    case "deleted":
      throw streamDeleted(stream);
  }
};

/** Reads the whole call; answers at once when it grows too large. */
const receive = (engine: Engine, call: ServerReadableStream<AppendReq, Buffer>): Promise<Append> =>
  new Promise((resolve, reject: (fault: CallFault) => void) => {
    let head: Pick<Append, "stream" | "expected"> | undefined;
    let size = 0;
    const entries: Append["entries"][number][] = [];
    call.on("data", (request: AppendReq) => {
      try {
        const options = request.getOptions();
        if (options) head = headOf(options);
        const proposed = request.getProposedMessage();
        if (!proposed) return;
        const { entry, size: more } = proposedOf(proposed);
        size += more;
        if (size > maxAppendSize) throw maxAppendSizeExceeded(maxAppendSize);
        entries.push(entry);
      } catch (error) {
        reject(faultOf(error));
      }
    });
    call.on("error", (error: unknown) => reject(faultOf(error)));
    call.on("end", () => {
      if (head) resolve({ ...head, entries, now: engine.now() });
      else reject(faultOf(new Error("The options are missing.")));
    });
  });

const headOf = (options: AppendReq.Options): Pick<Append, "stream" | "expected"> => ({
  stream: nameOf(options.getStreamIdentifier()),
  expected: expectationOf(options, options.hasRevision() ? options.getRevision() : undefined),
});
