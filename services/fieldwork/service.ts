/** The fieldwork service: cases, evidence, alerts and every judgement. */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import { assessment } from "@assay/domain/fieldwork/assessment/decide.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { FieldworkCommand } from "@assay/domain/fieldwork/commands.ts";
import { fieldwork } from "@assay/domain/fieldwork/decide.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { fieldworkFlow } from "@assay/domain/fieldwork/flow.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { defineService, flowOf, type ServiceDefinition } from "@assay/host/definition.ts";
import { rulesOf } from "@assay/host/rules.ts";

export const fieldworkService = (): ServiceDefinition =>
  defineService({
    name: "fieldwork",
    step: "fieldwork",
    rules: [
      rulesOf({
        name: "fieldwork",
        commands: FieldworkCommand,
        events: FieldworkEvent,
        foreign: [InspectionEvent, AssessmentEvent],
        aggregate: fieldwork,
        framework: ({ briefing }) => briefing.framework?.id,
      }),
      rulesOf({
        name: "assessment",
        commands: AssessmentCommand,
        events: AssessmentEvent,
        foreign: [InspectionEvent, FieldworkEvent, PanelEvent],
        aggregate: assessment,
        framework: ({ briefing }) => briefing.framework?.id,
      }),
    ],
    flow: flowOf({
      flow: fieldworkFlow,
      prefixes: ["inspection-", "fieldwork-", "assessment-"],
      facts: [InspectionEvent, FieldworkEvent, AssessmentEvent],
    }),
  });
