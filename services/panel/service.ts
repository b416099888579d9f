/** The panel service: the board, discretion, the ratings, and the panel called together again. */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { PanelCommand } from "@assay/domain/panel/commands.ts";
import { panel } from "@assay/domain/panel/decide.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { panelFlow } from "@assay/domain/panel/flow.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { defineService, flowOf, type ServiceDefinition } from "@assay/host/definition.ts";
import { rulesOf } from "@assay/host/rules.ts";

const foreign = [InspectionEvent, FieldworkEvent, AssessmentEvent, PublicationEvent];

export const panelService = (): ServiceDefinition =>
  defineService({
    name: "panel",
    step: "panel",
    rules: [
      rulesOf({
        name: "panel",
        commands: PanelCommand,
        events: PanelEvent,
        foreign,
        aggregate: panel,
        framework: ({ briefing }) => briefing.framework?.id,
      }),
    ],
    flow: flowOf({
      flow: panelFlow,
      prefixes: ["inspection-", "fieldwork-", "assessment-", "panel-", "publication-"],
      facts: [...foreign, PanelEvent],
    }),
  });
