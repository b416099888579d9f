/** The announcement service: plans, schedules, announces, draws, and reminds who is late. */
import { InspectionCommand } from "@assay/domain/announcement/commands.ts";
import { inspectionUnder } from "@assay/domain/announcement/decide.ts";
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { announcementFlow } from "@assay/domain/announcement/flow.ts";
import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { programme } from "@assay/domain/announcement/programme/decide.ts";
import { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { type Versions, versions as ours } from "@assay/domain/framework/versions.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { defineService, flowOf, type ServiceDefinition } from "@assay/host/definition.ts";
import { rulesOf } from "@assay/host/rules.ts";

import { withNonce } from "./nonce.ts";

export type AnnouncementOptions = {
  /** From which every inspection's nonce is derived; at least 32 bytes, and never changed. */
  readonly secret: Uint8Array;
  /** The framework versions that may be named; Assay's own by default. */
  readonly versions?: Versions;
};

export const announcementService = ({
  secret,
  versions = ours,
}: AnnouncementOptions): ServiceDefinition => {
  const rules = rulesOf({
    name: "inspection",
    commands: InspectionCommand,
    events: InspectionEvent,
    foreign: [FieldworkEvent, AssessmentEvent, PublicationEvent],
    aggregate: inspectionUnder(versions),
    framework: ({ briefing }) => briefing.framework?.id,
  });
  const planning = rulesOf({
    name: "programme",
    commands: ProgrammeCommand,
    events: ProgrammeEvent,
    foreign: [InspectionEvent],
    aggregate: programme,
  });
  return defineService({
    name: "announcement",
    step: "announcement",
    rules: [
      planning,
      { ...rules, parseCommand: (input) => rules.parseCommand(withNonce(secret, input)) },
    ],
    flow: flowOf({ flow: announcementFlow, prefixes: ["inspection-"], facts: [InspectionEvent] }),
  });
};
