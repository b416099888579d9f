/** `npm run witness`: watches the logs of one or more authorities, as another body would. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { witnessKeyOf } from "@assay/ledger/cosignature.ts";
import { openKeyring } from "@assay/ledger/keys.ts";
import { parseVerifierKey, writeVerifierKey } from "@assay/ledger/note.ts";
import { openWitnessFile } from "@assay/ledger/witness-file.ts";

import { witnessServer } from "./server.ts";

const help = `Usage: npm run witness -- --authority KEY [--folder DIR] [--name NAME] [--port N]

Cosigns each checkpoint that extends the one before it, keeps what it cosigned, and answers over
HTTP on this machine: GET / shows its key and what it saw last of each log. An Assay asks it where
WITNESSES names its address and its key.

  --authority KEY  the verifier key of an inspectorate (assay keys list); may be given again
  --folder DIR     where its own key and what it saw are kept (witness)
  --name NAME      the name under which it signs (witness.example)
  --port N         the port; 0 for a free one (4610)`;

const { values } = parseArgs({
  options: {
    authority: { type: "string", multiple: true, default: [] },
    folder: { type: "string", default: "witness" },
    name: { type: "string", default: "witness.example" },
    port: { type: "string", default: "4610" },
    help: { type: "boolean", default: false },
  },
});

if (values.help || values.authority.length === 0) {
  console.log(help);
  process.exit(values.help ? 0 : 2);
}

const { signer } = await openKeyring(join(values.folder, "secrets"), values.name);
const memory = openWitnessFile(join(values.folder, "attested.jsonl"));
const authorities = values.authority.map(parseVerifierKey);
const server = witnessServer({ signer, authorities, memory, now: Date.now });
server.listen(Number(values.port), "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const line = `http://127.0.0.1:${port}/ ${writeVerifierKey(witnessKeyOf(signer))}`;
if (process.send) process.send(line);
else console.log(`WITNESSES="${line}"`);

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  server.close(() => memory.close());
  server.closeAllConnections();
  if (process.connected) process.disconnect();
};
process.once("disconnect", stop);
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
