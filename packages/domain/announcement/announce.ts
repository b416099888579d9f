/** The announcement: what it pins, what it asks for, and the letters that tell of it. */
import { dueOf, RequestKind } from "../framework/timetable.ts";
import type { Versions } from "../framework/versions.ts";
import { digestOf } from "../kernel/canonical.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { InspectionCommandOf } from "./commands.ts";
import type { InspectionEvent } from "./events.ts";
import { announcementLetter } from "../framework/format-1-letter.ts";
import { letterDigest, letterTo } from "./letter.ts";
import { offered } from "./offered.ts";
import { frameworkOf } from "./schedule.ts";
import { daysOf, type InspectionAnswer, type InspectionState } from "./state.ts";

/** Pins the framework version, commits to the nonce and opens the requests, all at once. */
export const announce = (
  command: InspectionCommandOf<"AnnounceInspection">,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  const { commitment, recipients } = command;
  const timetable = daysOf(state);
  const found = offered(frameworkOf(state), state.adoptions, versions);
  if ("refusal" in found) return refuse(found.refusal);
  const version = found.known;
  const stamp = stampOf(command);
  const facts = {
    ...state.briefing,
    framework: version.framework,
    referenceDate: dayInEngland(command.at),
  };
  return accept<InspectionEvent>(
    {
      type: "InspectionAnnounced",
      ...stamp,
      referenceDate: dayInEngland(command.at),
      framework: { digest: version.digest, version: version.document },
      commitment,
      recipients,
    },
    {
      type: "LettersWritten",
      ...stamp,
      template: { id: announcementLetter.id, digest: digestOf(announcementLetter) },
      letters: recipients.map((recipient) => ({
        office: recipient.office,
        digest: letterDigest(letterTo(recipient, { ...facts, commitment })),
      })),
    },
    ...RequestKind.options.map((request): InspectionEvent => ({
      type: "RequestOpened",
      ...stamp,
      request,
      due: dueOf(request, timetable),
    })),
  );
};
