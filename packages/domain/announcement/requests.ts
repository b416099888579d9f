/**
 * What the service is asked for in advance: what arrives, what is sent back, and who is reminded.
 */
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { InspectionCommandOf, InspectionRefusal } from "./commands.ts";
import {
  type InspectionAnswer,
  type InspectionState,
  type OpenRequest,
  requestOf,
} from "./state.ts";

/** What somebody at the inspectorate can open: documents, sheets, slides, text and pictures. */
const kinds: readonly string[] = [
  "application/pdf",
  "application/json",
  "application/msword",
  "application/vnd.ms-excel",
  "application/vnd.ms-powerpoint",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/vnd.oasis.opendocument.presentation",
  "text/plain",
  "text/csv",
  "image/png",
  "image/jpeg",
];

/** Larger than any document; a file that large is a mistake. */
const MOST_BYTES = 250_000_000;

/** Before the announcement nothing is asked for, which the phase says better. */
export const unknownRequest = (
  request: string,
  { briefing }: InspectionState,
): InspectionRefusal | undefined => {
  const known = briefing.framework?.requests.map(({ id }) => id);
  return known && !known.includes(request)
    ? { reason: "UnknownRequest", request, known }
    : undefined;
};

export const receive = (
  command: InspectionCommandOf<"ReceiveSubmission">,
  state: InspectionState,
): InspectionAnswer => {
  const { request, digest, bytes, mediaType, name } = command;
  const unusable = wrongWith(command, requestOf(state, request));
  if (unusable) return refuse(unusable);
  return accept({
    type: "SubmissionReceived",
    ...stampOf(command),
    request,
    digest,
    bytes,
    mediaType,
    text: { name },
  });
};

const wrongWith = (
  { digest, bytes, mediaType }: InspectionCommandOf<"ReceiveSubmission">,
  { received, returned }: OpenRequest,
): InspectionRefusal | undefined => {
  const no = { reason: "FileNotAcceptable", accepted: kinds } as const;
  if (received.has(digest)) return { ...no, why: "received-before" };
  if (bytes === 0) return { ...no, why: "empty" };
  if (bytes > MOST_BYTES) return { ...no, why: "too-large" };
  const kind = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!kinds.includes(kind)) return { ...no, why: "unknown-kind" };
  return returned.has(digest) ? { ...no, why: "returned-before" } : undefined;
};

/** The file cannot be used: the request is open again, and the service reads why. */
export const sendBack = (
  command: InspectionCommandOf<"ReturnSubmission">,
  state: InspectionState,
): InspectionAnswer => {
  const { request, digest, reason } = command;
  const { received, returned } = requestOf(state, request);
  if (!received.has(digest) && !returned.has(digest)) {
    return refuse({ reason: "UnknownSubmission", digest });
  }
  const text = { reason };
  return accept({ type: "SubmissionReturned", ...stampOf(command), request, digest, text });
};

/** The case list itself satisfies its request. */
export const satisfy = (command: InspectionCommandOf<"SatisfyRequest">): InspectionAnswer => {
  const { request } = command;
  return accept({ type: "RequestSatisfied", ...stampOf(command), request });
};

export const chase = (
  command: InspectionCommandOf<"ChaseRequest">,
  state: InspectionState,
): InspectionAnswer => {
  const { request } = command;
  const { due } = requestOf(state, request);
  return accept({ type: "RequestChased", ...stampOf(command), request, due });
};
