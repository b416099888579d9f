/**
 * A witness over HTTP: takes checkpoints by the protocol of C2SP `tlog-witness`, and shows whoever
 * asks its key and the last checkpoint of each log that it cosigned.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";

import { parseCheckpoint } from "@assay/ledger/checkpoint.ts";
import { witnessKeyOf } from "@assay/ledger/cosignature.ts";
import {
  type KeyAtHand,
  parseNote,
  type VerifierKey,
  writeVerifierKey,
} from "@assay/ledger/note.ts";
import { addCheckpoint } from "@assay/ledger/witness.ts";
import type { WitnessFile } from "@assay/ledger/witness-file.ts";

export type Witnessing = {
  readonly signer: KeyAtHand;
  readonly authorities: readonly VerifierKey[];
  readonly memory: WitnessFile;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** More than a proof of 63 hashes and a note with 64 signatures need. */
const mostBytes = 64 * 1024;

export const witnessServer = (witnessing: Witnessing): Server =>
  createServer((request, response) => {
    const answer = (status: number, body: string, type = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": type }).end(body);
    if (request.method === "GET" && request.url === "/")
      return answer(200, standingOf(witnessing), "application/json");
    if (request.method !== "POST" || request.url !== "/add-checkpoint")
      return answer(404, "GET / or POST /add-checkpoint\n");
    bodyOf(request).then(
      (body) => {
        if (body === undefined) return answer(413, `at most ${mostBytes} bytes\n`);
        const time = Math.floor(witnessing.now() / 1000);
        const { status, body: said } = addCheckpoint(body, time, witnessing);
        return answer(status, said, status === 409 ? "text/x.tlog.size" : undefined);
      },
      () => request.destroy(),
    );
    return response;
  });

/** Undefined where it is too long; the rest is read and thrown away. */
const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= mostBytes) chunks.push(chunk);
  }
  return length > mostBytes ? undefined : Buffer.concat(chunks).toString("utf8");
};

const standingOf = ({ signer, memory }: Witnessing): string =>
  `${JSON.stringify({
    witness: signer.name,
    key: writeVerifierKey(witnessKeyOf(signer)),
    logs: [...memory.all()].map(([origin, note]) => {
      const { size, root } = parseCheckpoint(parseNote(note).text);
      return { origin, size, root: Buffer.from(root).toString("hex"), note };
    }),
  })}\n`;
