/** The calls that the node answers, each behind one door. Every other is unimplemented. */
import type { Engine } from "@assay/store/engine/engine.ts";
import { GossipService } from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import { ServerFeaturesService } from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import { StreamsService } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import type {
  AppendReq,
  BatchAppendReq,
  DeleteReq,
  ReadReq,
  TombstoneReq,
} from "@eventstore/db-client/generated/streams_pb.js";
import type {
  handleUnaryCall,
  sendUnaryData,
  Server,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
} from "@grpc/grpc-js";

import type { Access } from "./access.ts";
import { handleAppend } from "./append.ts";
import { handleBatchAppend } from "./batch-append.ts";
import { supportedMethods } from "./cluster.ts";
import { handleDelete, handleTombstone } from "./delete.ts";
import type { CallFault } from "./faults.ts";
import { Outlet } from "./outlet.ts";
import { readOf } from "./read-request.ts";
import { readAll, readStream } from "./read.ts";
import { subscribeToAll, subscribeToStream } from "./subscribe.ts";

export type Serving = {
  readonly access: Access;
  /** How to end each call that would otherwise last. */
  readonly open: Set<(fault: CallFault) => void>;
  readonly describeCluster: (now: number) => Buffer;
};

export const serve = (server: Server, engine: Engine, serving: Serving): void => {
  const { access } = serving;
  server.addService(inBytes(StreamsService), {
    read: (call: ServerWritableStream<ReadReq, Buffer>) => {
      const denied = access(call.metadata);
      if (denied) call.emit("error", denied);
      else void read(engine, call, serving);
    },
    append: (call: ServerReadableStream<AppendReq, Buffer>, reply: sendUnaryData<Buffer>) =>
      guarded(access, call, reply, () => handleAppend(engine, call, reply)),
    batchAppend: (call: ServerDuplexStream<BatchAppendReq, Buffer>) => {
      const denied = access(call.metadata);
      if (denied) call.emit("error", denied);
      else keep(serving.open, call, () => handleBatchAppend(engine, call, access));
    },
    delete: (call: ServerUnaryCall<DeleteReq, Buffer>, reply: sendUnaryData<Buffer>) =>
      guarded(access, call, reply, () => handleDelete(engine, call, reply)),
    tombstone: (call: ServerUnaryCall<TombstoneReq, Buffer>, reply: sendUnaryData<Buffer>) =>
      guarded(access, call, reply, () => handleTombstone(engine, call, reply)),
  });
  const features: handleUnaryCall<unknown, Buffer> = (_call, reply) =>
    reply(null, supportedMethods);
  server.addService(inBytes(ServerFeaturesService), { getSupportedMethods: features });
  const cluster: handleUnaryCall<unknown, Buffer> = (_call, reply) =>
    reply(null, serving.describeCluster(engine.now()));
  server.addService(inBytes(GossipService), { read: cluster });
};

const guarded = (
  access: Access,
  call: { readonly metadata: Parameters<Access>[0] },
  reply: sendUnaryData<Buffer>,
  handle: () => Promise<void>,
): void => {
  const denied = access(call.metadata);
  if (denied) reply(denied);
  else void handle();
};

const read = async (
  engine: Engine,
  call: ServerWritableStream<ReadReq, Buffer>,
  { open }: Serving,
): Promise<void> => {
  const outlet = new Outlet(call);
  const end = (fault: CallFault): void => outlet.fail(fault);
  open.add(end);
  try {
    const asked = readOf(call.request);
    if (asked.kind === "stream") {
      await (asked.subscription ? subscribeToStream : readStream)(engine, asked, outlet);
    } else {
      await (asked.subscription ? subscribeToAll : readAll)(engine, asked, outlet);
    }
    outlet.end();
  } catch (error) {
    outlet.fail(error);
  } finally {
    open.delete(end);
  }
};

const keep = (
  open: Serving["open"],
  call: ServerDuplexStream<BatchAppendReq, Buffer>,
  handle: () => void,
): void => {
  const end = (fault: CallFault): void => {
    call.emit("error", fault);
  };
  open.add(end);
  for (const event of ["cancelled", "finish", "error"]) call.once(event, () => open.delete(end));
  handle();
};

/** The service as it is defined, except that the answers are bytes already. */
const inBytes = (service: object): ServiceDefinition =>
  Object.fromEntries(
    Object.entries(service as ServiceDefinition).map(([name, definition]) => [
      name,
      { ...definition, responseSerialize: (response: Buffer) => response },
    ]),
  );
