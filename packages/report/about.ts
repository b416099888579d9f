/** What an inspection is, folded once for all parts of its report. */
import { isInspectionEvent, type Reconstruction } from "@assay/domain/announcement/events.ts";
import { type CaseFiles, filesBy } from "@assay/domain/briefing/case-file.ts";
import { type Briefing, briefedBy, pinned, unbriefed } from "@assay/domain/briefing/inspection.ts";
import { isAssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import type { Timetable } from "@assay/domain/framework/timetable.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import { type Fact, ReportFault } from "./recorded.ts";

export type About = {
  readonly briefing: Briefing;
  readonly service: { readonly id: string; readonly name: string };
  readonly timetable: Timetable;
  readonly framework: Framework;
  /** SHA-256 of the framework version as it was pinned. */
  readonly digest: string;
  readonly referenceDate: Day;
  readonly reconstruction: Reconstruction | undefined;
  readonly files: CaseFiles;
};

/** Throws a ReportFault before the announcement: until then there is no framework. */
export const aboutOf = (facts: readonly Fact[]): About => {
  const known = facts.filter((event) => isInspectionEvent(event));
  const briefing = known.reduce(briefedBy, unbriefed);
  const announcement = known.findLast((event) => event.type === "InspectionAnnounced");
  const { service, timetable } = briefing;
  if (!announcement || !service || !timetable) {
    throw new ReportFault("not-announced", "the inspection was not announced");
  }
  return {
    briefing,
    service,
    timetable,
    framework: pinned(briefing),
    digest: announcement.framework.digest,
    referenceDate: announcement.referenceDate,
    reconstruction: briefing.reconstruction,
    files: facts.filter((event) => isAssessmentEvent(event)).reduce<CaseFiles>(filesBy, new Map()),
  };
};
