/** `assay prove` and `assay verify-proof`: that one event is in the log, as a file for one fact. */
import { proofFrom } from "@assay/ledger/bundle.ts";
import { LedgerFault } from "@assay/ledger/fault.ts";
import { inspect, keptHashesOf } from "@assay/ledger/integrity.ts";
import type { RedactedEvent } from "@assay/ledger/leaf.ts";
import { logOf, proofFor } from "@assay/ledger/log.ts";
import { parseVerifierKey } from "@assay/ledger/note.ts";
import { openProof, type OpenedProof } from "@assay/ledger/proof.ts";
import { readBundle } from "@assay/ledger/read-bundle.ts";
import type { Command } from "commander";

import {
  type Context,
  type ForMachines,
  giveFile,
  introduce,
  jsonLine,
  jsonOption,
} from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { bytesOf } from "./input.ts";
import { evidenceIn } from "./integrity.ts";
import { readingData, storedOf, withStore } from "./records.ts";
import { pairs } from "./table.ts";
import type { Terminal } from "./terminal.ts";

type ProveOptions = ForMachines & FromData & { readonly out?: string };

export const addProve = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "prove <ID|BUNDLE> <EVENT>",
    summary: "A proof that one event is in an inspection's log, for whoever has the signing key.",
    about:
      "EVENT is stream@revision, as `why --facts` names it, or CASE:QUESTION for the judgement\n" +
      "that counts. The file is a C2SP tlog-proof and carries the event, without any words.\n" +
      "From a bundle it needs no store.",
    examples: [
      "prove peterborough-2020 c0012:3.1.2 --out judgement.tlog-proof",
      "prove audit-bundle.json panel-peterborough-2020@3",
    ],
  }).option("--out <FILE>", "write it there");
  readingData(jsonOption(command), terminal).action(
    async (subject: string, event: string, options: ProveOptions) => {
      const proof = subject.endsWith(".json")
        ? await fromBundle(subject, event, terminal)
        : await fromStore(subject, event, options, terminal);
      await giveFile(terminal, { ...options, format: "tlog-proof", content: proof });
    },
  );
};

const fromBundle = async (name: string, event: string, terminal: Terminal): Promise<string> => {
  try {
    const bundle = readBundle(new TextDecoder().decode(await bytesOf(name, terminal)));
    const shown = bundle.events.flatMap((each) => ("event" in each ? [each] : []));
    return proofFrom(bundle, indexOf(event, shown));
  } catch (error) {
    throw refusedBy(error, name);
  }
};

const fromStore = async (
  id: string,
  event: string,
  options: FromData,
  terminal: Terminal,
): Promise<string> => {
  const { keyring, records } = await evidenceIn(options, terminal);
  const stored = await withStore(options, terminal, (reader) => storedOf(reader, id));
  const record = await records.read(id);
  const last = record?.checkpoints.at(-1);
  if (!record || !last) {
    throw new Refused(`No checkpoint is signed for ${id} yet: its ratings are not concluded.`);
  }
  if (!inspect(stored, record, keyring.keys.map(parseVerifierKey)).holds) {
    throw new Refused(`The store is not what was signed of ${id}. See: assay integrity ${id}`);
  }
  const log = logOf(id, stored, keptHashesOf(record));
  try {
    return proofFor(log, indexOf(event, log.entries), last.note);
  } catch (error) {
    throw refusedBy(error, id);
  }
};

type Entry = { readonly index: number; readonly event: RedactedEvent };

const indexOf = (wanted: string, entries: readonly Entry[]): number => {
  const [, stream, revision] = /^(.+)@(\d+)$/.exec(wanted) ?? [];
  const [, one, question] = /^(c\d+):(.+)$/.exec(wanted.toLowerCase()) ?? [];
  if (!stream && !one) {
    throw new WrongUsage(
      `${wanted} names no event. Give stream@revision, or CASE:QUESTION such as c0012:3.1.2.`,
    );
  }
  const found = entries.findLast(({ event }) =>
    stream
      ? event.stream === stream && event.revision === Number(revision)
      : event.type === "JudgementRecorded" &&
        event.data["case"] === one &&
        event.data["question"] === question,
  );
  if (found) return found.index;
  throw new Refused(`There is no event ${wanted} that can be shown.`);
};

type VerifyOptions = ForMachines & { readonly key?: readonly string[] };

export const addVerifyProof = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "verify-proof <FILE>",
    summary: "Checks a proof of one event offline, and says what it proves.",
    about:
      "Ends with 1 when it does not hold. The key comes from the authority: assay keys list.\n" +
      "Witnesses' keys can be named too; a signature line by none of the keys is told.",
    examples: ["verify-proof judgement.tlog-proof --key assay.example+3f2a..."],
  }).requiredOption("--key <KEY...>", "verifier keys that you trust, of the authority");
  jsonOption(command).action(async (name: string, { json, key = [] }: VerifyOptions) => {
    const keys = key.map(keyFrom);
    const text = new TextDecoder().decode(await bytesOf(name, terminal));
    let proof: OpenedProof;
    try {
      proof = openProof(text, keys);
    } catch (error) {
      throw refusedBy(error, name);
    }
    const { origin, size } = proof.checkpoint;
    const { index, event, cosignatures, unchecked } = proof;
    const found = { holds: true, origin, size, index, event, cosignatures, unchecked };
    terminal.out(json ? jsonLine(found) : `${told(proof)}${besides(proof)}`);
  });
};

const keyFrom = (line: string) => {
  try {
    return parseVerifierKey(line);
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    throw new WrongUsage(`--key: ${error.message}`, { cause: error });
  }
};

const told = ({ checkpoint, index, event }: OpenedProof): string => {
  const { at, by, text: _text, ...data } = event.data;
  const said = Object.entries(data).map(
    ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const actor = by as { readonly id?: unknown; readonly role?: unknown } | undefined;
  return (
    `The proof holds: the event is number ${index + 1} of ${checkpoint.size} in ` +
    `${checkpoint.origin}.\n\n${pairs([
      ["event", event.type],
      ["stream", `${event.stream}@${event.revision}`],
      ["when", String(at)],
      ["who", `${String(actor?.id)} (${String(actor?.role)})`],
      ...said,
    ])}\n`
  );
};

/** What else stands under the checkpoint: seen by witnesses, or checked by nobody. */
const besides = ({ cosignatures, unchecked }: OpenedProof): string =>
  [
    ...cosignatures.map(
      ({ witness, time }) => `Witness ${witness} saw it at ${new Date(time * 1000).toISOString()}.`,
    ),
    ...unchecked.map(
      (line) => `Not checked: the signature line by ${line}, whose key was not named with --key.`,
    ),
  ]
    .map((line) => `\n${line}\n`)
    .join("");

const refusedBy = (error: unknown, what: string): unknown =>
  error instanceof LedgerFault
    ? new Refused(`${what}: ${error.message}.`, [], { cause: error })
    : error;
