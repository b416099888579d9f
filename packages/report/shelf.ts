/** The published reports in the order in which a reader looks for them. */
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import type { BeaconRound } from "@assay/domain/sampling/beacon.ts";
import type { RenewalReason } from "@assay/domain/sampling/stream.ts";
import type { ActionPlan } from "./action-plan.ts";
import { firstPublished, type ReportModel } from "./model.ts";
import { addressOf, type Publisher } from "./metadata.ts";

export type Commitment = {
  readonly at: Instant;
  readonly commitment: string;
  /** Undefined for that of the announcement. */
  readonly because?: RenewalReason;
  readonly beacon?: BeaconRound;
};

export type CommittedInspection = {
  readonly inspection: string;
  readonly service: string;
  readonly fieldworkStart: string;
  readonly commitments: readonly Commitment[];
  readonly standing: "announced" | "sample drawn" | "cancelled";
};

export type SiteSettings = {
  readonly publisher: Publisher;
  /** The region of a service by the service's id, where it is known. */
  readonly regions?: ReadonlyMap<string, string>;
  /** What services do about their reports, by inspection, where they answered. */
  readonly plans?: ReadonlyMap<string, ActionPlan>;
  /** Every inspection that was announced, with the commitments to its draw. */
  readonly committed?: readonly CommittedInspection[];
};

/** What the pages around the reports are made from: of a report, all but what it alone prints. */
export type OnShelf = Omit<ReportModel, (typeof inReportsAlone)[number]>;

const inReportsAlone = [
  "sections",
  "facts",
  "excuses",
  "sample",
  "partners",
  "evidence",
] as const satisfies readonly (keyof ReportModel)[];

export const onShelf = (model: ReportModel): OnShelf => {
  const left: Partial<ReportModel> = { ...model };
  for (const key of inReportsAlone) delete left[key];
  return left as OnShelf;
};

export type Shelf = SiteSettings & {
  /** Every version of every report. */
  readonly versions: readonly OnShelf[];
  /** The newest version of each report, the last published first. */
  readonly latest: readonly OnShelf[];
};

export const shelfOf = (versions: readonly OnShelf[], settings: SiteSettings): Shelf => {
  const newest = new Map<string, OnShelf>();
  for (const model of versions) {
    const known = newest.get(model.inspection);
    if (!known || known.version < model.version) newest.set(model.inspection, model);
  }
  const latest = [...newest.values()].toSorted(
    (a, b) => compare(firstPublished(b), firstPublished(a)) || compare(a.inspection, b.inspection),
  );
  return { ...settings, versions, latest };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of a report that others published the year of its fieldwork, where that is known. */
export const yearOf = (model: OnShelf): string =>
  model.reconstruction
    ? (model.dates.fieldworkStart?.slice(0, 4) ?? "year not known")
    : firstPublished(model).slice(0, 4);

/** The reports that a service answers: not those that others published. */
export const answeredIn = ({ latest }: Shelf): readonly OnShelf[] =>
  latest.filter(({ reconstruction }) => !reconstruction);

/** When it was published, or that others published it. */
export const publishedInWords = (model: OnShelf): string =>
  model.reconstruction
    ? "Carried through from a published report"
    : `Published ${dayInWords(firstPublished(model))}`;

export const regionOf = ({ regions }: SiteSettings, { service }: OnShelf): string | undefined =>
  regions?.get(service.id);

/** A report's own folder, and a version's in it, from the top of the site. */
export const reportPath = ({ inspection }: OnShelf): string => `reports/${inspection}/`;
export const versionPath = (model: OnShelf): string => `${reportPath(model)}${model.version}/`;
/** What followed a report: it changes while the service gets on, so it is no version's. */
export const planPath = (model: OnShelf): string => `${reportPath(model)}actions/`;
export const servicePath = ({ service }: OnShelf): string => `services/${service.id}/`;

/** Of several reports, one for each service: its last. */
export const byService = (models: readonly OnShelf[]): readonly (readonly OnShelf[])[] => {
  const services = Map.groupBy(models, ({ service }) => service.id);
  return [...services.values()].toSorted((a, b) => compare(a[0]!.service.name, b[0]!.service.name));
};

export const versionAddress = ({ publisher }: SiteSettings, model: OnShelf): string =>
  addressOf(publisher, model.inspection, model.version);
