/**
 * A small inspection, told as a store would give it, and the bundle made of it. Everything in it is
 * fixed, keys and salts too, so that today's code can be held against the golden files.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { JsonObject, Position, StoredEvent } from "@assay/store/port.ts";

import { toBase64 } from "../base64.ts";
import { bundleMembers, sealedBundle, sealText, type StagedCheckpoint } from "../bundle.ts";
import { originOf, signCheckpoint } from "../checkpoint.ts";
import { cosign, witnessKeyOf } from "../cosignature.ts";
import { keyringOf, signerFrom } from "../keys.ts";
import { digestOf, disclose, type RedactedEvent } from "../leaf.ts";
import { logOf, nextCheckpoint, sizeThrough } from "../log.ts";
import { signNote, verifierKeyOf, writeVerifierKey } from "../note.ts";
import { signRotation } from "../rotation.ts";

export const inspection = "exampleton-2021";
export const authority = "inspectorate.example/assay";

const bytesOf = (name: string): Buffer => createHash("sha256").update(name).digest();
export const seedOf = (name: string): string => bytesOf(name).toString("base64");

const uuidOf = (name: string): string => {
  const hex = bytesOf(name).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const framework: JsonObject = { id: "2018-07", bands: { good: 65, outstanding: 80 } };

type Told = readonly [stream: string, type: string, data: JsonObject];

const judged = (caseId: string, question: string, answer: string, why: string): Told => [
  `assessment-${inspection}.${caseId}`,
  "JudgementRecorded",
  { question, answer, text: { rationale: why } },
];

const told: readonly Told[] = [
  [`inspection-${inspection}`, "InspectionScheduled", { framework: "2018-07" }],
  [
    `inspection-${inspection}`,
    "InspectionAnnounced",
    {
      framework: { id: "2018-07", digest: digestOf(framework) },
      recipients: [
        { office: "service-manager", text: { name: "A. Manager" } },
        { office: "board-chair", text: { name: "B. Chair" } },
      ],
    },
  ],
  [
    `inspection-${inspection}`,
    "CaseListSubmitted",
    { cases: [{ case: "c0001", profile: { age: "15" }, text: { ref: "YJ/17", child: "k1" } }] },
  ],
  [`fieldwork-${inspection}`, "FieldworkOpened", {}],
  judged("c0001", "2.1.1", "yes", "A full assessment – “all of it”."),
  judged("c0002", "2.1.1", "no", "No home visit."),
  judged("c0001", "2.1.2", "yes", "Risks are named."),
  [`panel-${inspection}`, "PanelConvened", { chair: "p.chair", members: ["p.one", "p.two"] }],
  [
    `panel-${inspection}`,
    "DiscretionDeclined",
    { standard: "2.1", text: { reason: "The sub-sample is one case." } },
  ],
  [`panel-${inspection}`, "RatingsConcluded", { standards: { "2.1": 50 } }],
  [`publication-${inspection}`, "ReportSignedOff", {}],
  [`publication-${inspection}`, "ReportPublished", { version: 1 }],
  [`publication-${inspection}`, "ActionPlanReceived", { text: { action: "Visits." } }],
];

/** The story's events, and one of another inspection in between, at positions a store might give. */
export const storyEvents = (): readonly StoredEvent[] => {
  const next = new Map<string, number>();
  const others: Told = ["inspection-elsewhere-2021", "InspectionScheduled", {}];
  return [...told.slice(0, 3), others, ...told.slice(3)].map(([stream, type, data], i) => {
    const revision = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    return {
      stream,
      revision,
      position: String(1000 + i * 7) as Position,
      id: uuidOf(`event ${i}`),
      type,
      data: { type, at: `2021-05-${String(i + 10)}T09:00:00.000Z`, ...data },
      metadata: {
        version: 1,
        commandId: uuidOf(`command ${i}`),
        index: 0,
        ...(i === 0 ? {} : { framework: "2018-07" }),
        salt: bytesOf(`salt ${i}`).toString("hex").slice(0, 32),
      },
    };
  });
};

/** A toy of the domain's computation: the share of yes for each key question, in per cent. */
export const recompute = (events: readonly RedactedEvent[]): JsonObject => {
  const judgements = events.filter(({ type }) => type === "JudgementRecorded");
  const byQuestion = Map.groupBy(judgements, ({ data }) => String(data["question"]));
  return Object.fromEntries(
    [...byQuestion].map(([question, answers]) => {
      const yes = answers.filter(({ data }) => data["answer"] === "yes").length;
      return [question, Math.round((100 * yes) / answers.length)];
    }),
  );
};

export const recertify = (): readonly JsonObject[] => [{ population: 2, sample: ["c0001", "c0002"] }];

const formerSigner = signerFrom(authority, seedOf("former key"));
export const signer = signerFrom(authority, seedOf("current key"));
export const witness = signerFrom("witness.example/w1", seedOf("witness key"));

export const keyring = keyringOf(signer, {
  keys: [writeVerifierKey(verifierKeyOf(formerSigner))],
  rotations: [await signRotation(formerSigner, signer, "2021-05-20T00:00:00.000Z")],
});

export const trusted: readonly string[] = [
  keyring.keys[0]!,
  writeVerifierKey(witnessKeyOf(witness)),
];

/** Checkpoints of the story: before the key was rotated, after it, and at publication. */
export const storyCheckpoints = (
  log: ReturnType<typeof logOf>,
  origin = originOf(authority, inspection),
): readonly StagedCheckpoint[] => {
  const notes: string[] = [];
  const stages = [
    { stage: "ratings-concluded", type: "RatingsConcluded", by: formerSigner },
    { stage: "signed-off", type: "ReportSignedOff", by: signer },
    { stage: "published", type: "ReportPublished", by: signer },
  ];
  return stages.map(({ stage, type, by }, i) => {
    const { id } = log.entries.find(({ event }) => event.type === type)!.event;
    const size = sizeThrough(log, id)!;
    const issued = signCheckpoint(nextCheckpoint({ log, size, origin, earlier: notes }), by);
    const note = i < 2 ? issued : cosign(issued, witness, 1_621_933_200);
    notes.push(note);
    return { stage, after: id, note, timestamps: [] };
  });
};

/** A reply that `openssl ts` gave to the request for the last checkpoint, once. */
export const timestamp = (): Uint8Array =>
  new Uint8Array(readFileSync(new URL("published.tsr", import.meta.url)));

/** The story's bundle; or what its maker makes of other events, or under another log's name. */
export const storyBundle = (events = storyEvents(), origin?: string): string => {
  const log = logOf(inspection, events);
  const declined = log.entries.find(({ event }) => event.type === "DiscretionDeclined")!;
  const original = events.find(({ id }) => id === declined.event.id)!;
  const [first, second, last] = storyCheckpoints(log, origin);
  const members = bundleMembers({
    log,
    keyring,
    checkpoints: [first!, second!, { ...last!, timestamps: [toBase64(timestamp())] }],
    framework: { id: "2018-07", document: framework },
    certificates: recertify(),
    ratings: recompute(log.entries.map(({ event }) => event)),
    witnesses: [writeVerifierKey(witnessKeyOf(witness))],
    withhold: ({ type }) =>
      type === "CaseListSubmitted" ? "profiles of children in a small caseload" : undefined,
    disclosures: [{ index: declined.index, ...disclose(original, "/text") }],
  });
  return sealedBundle(members, signNote(sealText(members), [signer]));
};
