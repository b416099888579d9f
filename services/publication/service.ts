/** The publication service: the report's way to the public, and the report itself on disk. */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { publicationUnder } from "@assay/domain/publication/decide.ts";
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
};

export const publicationService = ({
  reactions = [],
}: PublicationOptions = {}): ServiceDefinition =>
  defineService({
    name: "publication",
    step: "publication",
    isOurs: isScheduled,
    rules: [
      rulesOf({
        name: "publication",
        ...publication,
        aggregate: publicationUnder(reportChecks),
      }),
    ],
    flow: flowOf({
      flow: publication.flow,
      prefixes: ["inspection-", "panel-", "publication-"],
      facts: [InspectionEvent, PanelEvent, publication.events],
    }),
    reactions,
  });
