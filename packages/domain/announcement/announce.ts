/** The announcement: what it pins, what it asks for, and the letters that tell of it. */
import { underKind } from "../framework/kind.ts";
import { dueOf } from "../framework/timetable.ts";
import { letterTemplateOf, type Versions } from "../framework/versions.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { InspectionCommandOf } from "./commands.ts";
import type { InspectionEvent } from "./events.ts";
import { letterDigest, letterTo, stillToCome } from "./letter.ts";
import { offered } from "./offered.ts";
import { frameworkOf } from "./schedule.ts";
import { daysOf, type InspectionAnswer, type InspectionState } from "./state.ts";

/** Pins the framework version, commits to the nonce and opens the requests, all at once. */
export const announce = (
  command: InspectionCommandOf<"AnnounceInspection">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { recipients } = command;
  const timetable = daysOf(state);
  const found = offered(frameworkOf(state), state.adoptions, versions);
  if ("refusal" in found) return refuse(found.refusal);
  const version = found.known;
  const framework = underKind(version.framework, state.briefing.kind);
  const { offices } = framework.letter;
  const stranger = recipients.find(({ office }) => !offices.some(({ id }) => id === office));
  if (stranger) {
    const known = offices.map(({ id }) => id);
    return refuse({ reason: "UnknownOffice", office: stranger.office, known });
  }
  const samples = framework.populations.length > 0;
  if (samples && !command.commitment) return refuse({ reason: "CommitmentNeeded" });
  const commitment = samples ? command.commitment : undefined;
  const stamp = stampOf(command);
  const facts = {
    ...state.briefing,
    framework,
    referenceDate: dayInEngland(command.at),
  };
  return accept<InspectionEvent>(
    {
      type: "InspectionAnnounced",
      ...stamp,
      referenceDate: dayInEngland(command.at),
      framework: { digest: version.digest, version: version.document },
      ...(commitment && { commitment }),
      recipients,
    },
    {
      type: "LettersWritten",
      ...stamp,
      template: letterTemplateOf(version.document),
      letters: recipients.map((recipient) => ({
        office: recipient.office,
        digest: letterDigest(letterTo(recipient, { ...facts, commitment })),
      })),
    },
    ...framework.requests.map(({ id }): InspectionEvent => ({
      type: "RequestOpened",
      ...stamp,
      request: id,
      due: stillToCome(dueOf(id, timetable), facts.referenceDate),
    })),
    ...(samples ? [] : [{ type: "SampleNotRequired", ...stamp } as const]),
  );
};
