/** The published reports in the order in which a reader looks for them. */
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import type { BeaconRound } from "@assay/domain/sampling/beacon.ts";
import type { RenewalReason } from "@assay/domain/sampling/stream.ts";
import type { PublicationEvent } from "@assay/domain/publication/events.ts";
import type { ReportModel } from "./model.ts";
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
  /** What services answered to their reports, by inspection, each in its order. */
  readonly answers?: ReadonlyMap<string, readonly PublicationEvent[]>;
  /** Every inspection that was announced, with the commitments to its draw. */
  readonly committed?: readonly CommittedInspection[];
};

export type Shelf = SiteSettings & {
  /** Every version of every report. */
  readonly versions: readonly ReportModel[];
  /** The newest version of each report, the last published first. */
  readonly latest: readonly ReportModel[];
};

export const shelfOf = (versions: readonly ReportModel[], settings: SiteSettings): Shelf => {
  const newest = new Map<string, ReportModel>();
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

/** The day of version 1: a correction does not make a report a new one. */
export const firstPublished = ({ history, dates }: ReportModel): string =>
  history.at(0)?.on ?? dates.concluded;

/** Of a report that others published the year of its fieldwork, where that is known. */
export const yearOf = (model: ReportModel): string =>
  model.reconstruction
    ? (model.dates.fieldworkStart?.slice(0, 4) ?? "year not known")
    : firstPublished(model).slice(0, 4);

/** The reports that a service answers: not those that others published. */
export const answeredIn = ({ latest }: Shelf): readonly ReportModel[] =>
  latest.filter(({ reconstruction }) => !reconstruction);

/** When it was published, or that others published it. */
export const publishedInWords = (model: ReportModel): string =>
  model.reconstruction
    ? "Carried through from a published report"
    : `Published ${dayInWords(firstPublished(model))}`;

export const regionOf = ({ regions }: SiteSettings, { service }: ReportModel): string | undefined =>
  regions?.get(service.id);

/** A report's own folder, and a version's in it, from the top of the site. */
export const reportPath = ({ inspection }: ReportModel): string => `reports/${inspection}/`;
export const versionPath = (model: ReportModel): string => `${reportPath(model)}${model.version}/`;
/** What followed a report: it changes while the service gets on, so it is no version's. */
export const planPath = (model: ReportModel): string => `${reportPath(model)}actions/`;
export const servicePath = ({ service }: ReportModel): string => `services/${service.id}/`;

/** Of several reports, one for each service: its last. */
export const byService = (models: readonly ReportModel[]): readonly (readonly ReportModel[])[] => {
  const services = Map.groupBy(models, ({ service }) => service.id);
  return [...services.values()].toSorted((a, b) => compare(a[0]!.service.name, b[0]!.service.name));
};

export const versionAddress = ({ publisher }: SiteSettings, model: ReportModel): string =>
  addressOf(publisher, model.inspection, model.version);
