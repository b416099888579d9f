/** Deleting a stream so that it may begin again, and burying it so that it may not. */
import {
  type Deletion,
  type Outcome,
  softDelete,
  tombstone,
} from "@assay/store/engine/commands.ts";
import type { Engine } from "@assay/store/engine/engine.ts";
import type { Writer } from "@assay/store/engine/writer.ts";
import type { DeleteReq, TombstoneReq } from "@eventstore/db-client/generated/streams_pb.js";
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";

import { faultOf, invalidArgument, streamDeleted, wrongExpectedVersion } from "./faults.ts";
import { expectationOf, expectedNumber, nameOf } from "./proposals.ts";
import { deleted } from "./responses.ts";

type Request = DeleteReq | TombstoneReq;

export const handleDelete = (
  engine: Engine,
  call: ServerUnaryCall<DeleteReq, Buffer>,
  reply: sendUnaryData<Buffer>,
): Promise<void> => remove({ engine, remover: softDelete }, call.request, reply);

export const handleTombstone = (
  engine: Engine,
  call: ServerUnaryCall<TombstoneReq, Buffer>,
  reply: sendUnaryData<Buffer>,
): Promise<void> => remove({ engine, remover: tombstone }, call.request, reply);

const remove = async (
  {
    engine,
    remover,
  }: {
    readonly engine: Engine;
    readonly remover: (writer: Writer, asked: Deletion) => Outcome;
  },
  request: Request,
  reply: sendUnaryData<Buffer>,
): Promise<void> => {
  try {
    const asked = { ...deletionOf(request), now: engine.now() };
    const outcome = await engine.change((writer) => remover(writer, asked));
    if (outcome.kind === "done") return reply(null, deleted(outcome));
    if (outcome.kind === "deleted") throw streamDeleted(asked.stream);
    throw wrongExpectedVersion({
      operation: "Delete",
      stream: asked.stream,
      expected: expectedNumber(asked.expected),
      actual: outcome.actual,
    });
  } catch (error) {
    reply(faultOf(error));
  }
};

const deletionOf = (request: Request): Pick<Deletion, "stream" | "expected"> => {
  const options = request.getOptions();
  if (!options) throw invalidArgument("The options are missing.");
  return {
    stream: nameOf(options.getStreamIdentifier()),
    expected: expectationOf(options, options.hasRevision() ? options.getRevision() : undefined),
  };
};
