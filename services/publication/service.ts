/** The publication service: the report's way to the public, and the report itself on disk. */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { PublicationCommand } from "@assay/domain/publication/commands.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { publicationFlow } from "@assay/domain/publication/flow.ts";
import {
  defineService,
  flowOf,
  type Reaction,
  type ServiceDefinition,
} from "@assay/host/definition.ts";
import { rulesOf } from "@assay/host/rules.ts";

import { examinedPublication } from "./examined.ts";

export type PublicationOptions = {
  /** What is done about published versions, such as writing them to the site. */
  readonly reactions?: readonly Reaction[];
};

export const publicationService = ({
  reactions = [],
}: PublicationOptions = {}): ServiceDefinition =>
  defineService({
    name: "publication",
    step: "publication",
    rules: [
      rulesOf({
        name: "publication",
        commands: PublicationCommand,
        events: PublicationEvent,
        foreign: [InspectionEvent, FieldworkEvent, AssessmentEvent, PanelEvent],
        aggregate: examinedPublication,
        framework: ({ known }) => known.briefing.framework?.id,
      }),
    ],
    flow: flowOf({
      flow: publicationFlow,
      prefixes: ["inspection-", "panel-", "publication-"],
      facts: [InspectionEvent, PanelEvent, PublicationEvent],
    }),
    reactions,
  });
