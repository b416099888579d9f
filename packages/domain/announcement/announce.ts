/** The announcement, and what the service is asked for in advance. */
import { dueOf, RequestKind } from "../framework/timetable.ts";
import { type Versions, versionById, versionDigest } from "../framework/versions.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { InspectionCommandOf } from "./commands.ts";
import type { InspectionEvent } from "./events.ts";
import { type InspectionAnswer, type InspectionState, wrongPhase } from "./state.ts";

/** Pins the framework version, commits to the nonce and opens the requests, all at once. */
export const announce = (
  command: InspectionCommandOf<"AnnounceInspection">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { commitment, recipients } = command;
  if (state.commitment === commitment) return accept();
  const { timetable } = state.briefing;
  if (!state.phase.matches({ active: "scheduled" }) || !timetable) return wrongPhase(state);
  const framework = state.framework ?? "";
  const version = versionById(framework, versions);
  if (!version) {
    const known = versions.map(({ id }) => id);
    return refuse({ reason: "UnknownFramework", framework, known });
  }
  const stamp = stampOf(command);
  return accept<InspectionEvent>(
    {
      type: "InspectionAnnounced",
      ...stamp,
      referenceDate: dayInEngland(command.at),
      framework: { digest: versionDigest(version), version },
      commitment,
      recipients,
    },
    ...RequestKind.options.map((request): InspectionEvent => ({
      type: "RequestOpened",
      ...stamp,
      request,
      due: dueOf(request, timetable),
    })),
  );
};

export const receive = (
  command: InspectionCommandOf<"ReceiveSubmission">,
  { requests }: InspectionState,
): InspectionAnswer => {
  const { request, digest, bytes, mediaType, name } = command;
  const open = requests.get(request);
  if (!open) return refuse({ reason: "RequestNotOpen", request });
  if (open.received.has(digest)) return accept();
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

export const satisfy = (
  command: InspectionCommandOf<"SatisfyRequest">,
  { requests }: InspectionState,
): InspectionAnswer => {
  const { request } = command;
  const open = requests.get(request);
  if (!open) return refuse({ reason: "RequestNotOpen", request });
  if (open.satisfied) return accept();
  return accept({ type: "RequestSatisfied", ...stampOf(command), request });
};

export const chase = (
  command: InspectionCommandOf<"ChaseRequest">,
  { requests }: InspectionState,
): InspectionAnswer => {
  const { request } = command;
  const open = requests.get(request);
  if (!open) return refuse({ reason: "RequestNotOpen", request });
  if (open.satisfied || open.chased) return accept();
  const { due } = open;
  if (dayInEngland(command.at) <= due) return refuse({ reason: "NotYetDue", due });
  return accept({ type: "RequestChased", ...stampOf(command), request, due });
};
