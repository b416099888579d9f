/** The panel service: the board, discretion, the ratings, and the panel called together again. */
import { registry } from "@assay/domain/steps.ts";
import { defineService, flowOf, type ServiceDefinition } from "@assay/host/definition.ts";
import { isScheduled } from "@assay/host/read-inspection.ts";
import { rulesOf } from "@assay/host/rules.ts";

const { panel } = registry;

export const panelService = (): ServiceDefinition =>
  defineService({
    name: "panel",
    step: "panel",
    isOurs: isScheduled,
    rules: [rulesOf({ name: "panel", ...panel })],
    flow: flowOf({
      flow: panel.flow,
      prefixes: ["inspection-", "fieldwork-", "assessment-", "panel-", "publication-"],
      facts: [panel.events, ...panel.relies],
    }),
  });
