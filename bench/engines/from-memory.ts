/**
 * An event store's answers with none of its work: a read that was asked before is answered with the
 * very bytes of the first time. What the official client reads from here is the most it can read.
 * `node from-memory.ts HOST:PORT` says where it listens.
 */
import { once } from "node:events";

import {
  Client,
  credentials,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
} from "@grpc/grpc-js";

const [upstream] = process.argv.slice(2);
const client = new Client(upstream!, credentials.createInsecure());
const server = new Server();
const asItIs = (bytes: Buffer): Buffer => bytes;

type Answer = { readonly messages: Buffer[]; ended: boolean };
const known = new Map<string, Answer>();

const read = "/event_store.client.streams.Streams/Read";
const features = "/event_store.client.server_features.ServerFeatures/GetSupportedMethods";

/** Hands the call on, and remembers what came until somebody had enough. */
const listen: handleServerStreamingCall<Buffer, Buffer> = (call) => {
  const { request, metadata } = call;
  const answer: Answer = { messages: [], ended: false };
  const asked = client.makeServerStreamRequest(read, asItIs, asItIs, request, metadata);
  asked.on("data", (message: Buffer) => {
    answer.messages.push(message);
    call.write(message);
  });
  asked.on("end", () => {
    answer.ended = true;
    call.end();
  });
  asked.on("error", (error) => call.emit("error", error));
  call.on("cancelled", () => asked.cancel());
  known.set(request.toString("base64"), answer);
};

const repeat = async (
  call: Parameters<typeof listen>[0],
  { messages, ended }: Answer,
): Promise<void> => {
  for (const message of messages) {
    if (call.cancelled) return;
    if (!call.write(message)) await Promise.race([once(call, "drain"), once(call, "cancelled")]);
  }
  if (ended) call.end();
};

const answerRead: handleServerStreamingCall<Buffer, Buffer> = (call) => {
  const answer = known.get(call.request.toString("base64"));
  if (answer) void repeat(call, answer);
  else listen(call);
};

const answerFeatures: handleUnaryCall<Buffer, Buffer> = ({ request, metadata }, reply) =>
  void client.makeUnaryRequest(features, asItIs, asItIs, request, metadata, reply);

server.register(read, answerRead, asItIs, asItIs, "serverStream");
server.register(features, answerFeatures, asItIs, asItIs, "unary");
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`esdb://127.0.0.1:${port}?tls=false`);
});
process.once("SIGTERM", () => {
  client.close();
  server.forceShutdown();
});
process.once("disconnect", () => process.exit());
