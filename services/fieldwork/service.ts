/** The fieldwork service: cases, evidence, alerts and every judgement. */
import { registry } from "@assay/domain/steps.ts";
import { defineService, flowOf, type ServiceDefinition } from "@assay/host/definition.ts";
import { isScheduled } from "@assay/host/read-inspection.ts";
import { rulesOf } from "@assay/host/rules.ts";

const { fieldwork, assessment } = registry;

export const fieldworkService = (): ServiceDefinition =>
  defineService({
    name: "fieldwork",
    step: "fieldwork",
    isOurs: isScheduled,
    rules: [
      rulesOf({ name: "fieldwork", ...fieldwork }),
      rulesOf({ name: "assessment", ...assessment }),
    ],
    flow: flowOf({
      flow: fieldwork.flow,
      prefixes: ["inspection-", "fieldwork-", "assessment-"],
      facts: [fieldwork.events, ...fieldwork.relies],
    }),
  });
