/** The publication service: the report's way to the public, and the report itself on disk. */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";
import { registry } from "@assay/domain/steps.ts";
import {
  defineService,
  flowOf,
  type Reaction,
  type ServiceDefinition,
} from "@assay/host/definition.ts";
import { isScheduled } from "@assay/host/read-inspection.ts";
import { rulesOf } from "@assay/host/rules.ts";
import { reportChecks } from "@assay/report/report-checks.ts";

const { publication } = registry;

export type PublicationOptions = {
  /** What is done about published versions, such as writing them to the site. */
  readonly reactions?: readonly Reaction[];
  /** What checks and sets a draft; by default at once and without setting it. */
  readonly examine?: (question: ReportQuestion) => Promise<ReportAnswer>;
};

export const publicationService = ({
  reactions = [],
  examine = (question) => Promise.resolve(reportChecks(question)),
}: PublicationOptions = {}): ServiceDefinition =>
  defineService({
    name: "publication",
    step: "publication",
    isOurs: isScheduled,
    rules: [
      rulesOf({
        name: "publication",
        ...publication,
        answer: examine,
      }),
    ],
    flow: flowOf({
      flow: publication.flow,
      prefixes: ["inspection-", "panel-", "publication-"],
      facts: [InspectionEvent, PanelEvent, publication.events],
    }),
    reactions,
  });
