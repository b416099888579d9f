/** What machines that collect publications read: schema.org and DCAT, as JSON-LD. */
import type { ReportModel } from "./model.ts";

/** Who publishes, and where: `url` ends with a slash and is what every address begins with. */
export type Publisher = {
  readonly name: string;
  readonly url: string;
  /** An address, number or page at which the publisher can be reached. */
  readonly contact?: string | undefined;
  /** Where people who may sign in find the inspections themselves; without a slash at its end. */
  readonly console?: string | undefined;
};

/** Whose drafts are where nobody said so. */
export const ofDrafts: Publisher = { name: "Draft", url: "https://assay.example/" };

/** A file that stands beside the page. */
export type Download = {
  readonly href: string;
  readonly label: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
};

export const licence = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";

/** The address of a version for ever, and of the report whatever its version. */
export const addressOf = (publisher: Publisher, inspection: string, version?: number): string =>
  `${publisher.url}reports/${inspection}/${version === undefined ? "" : `${version}/`}`;

type Around = { readonly publisher: Publisher; readonly downloads: readonly Download[] };

export const linkedDataOf = (model: ReportModel, { publisher, downloads }: Around): object => {
  const { inspection, version, dates, history, service } = model;
  const address = addressOf(publisher, inspection, version);
  const by = { "@type": "GovernmentOrganization", name: publisher.name, url: publisher.url };
  const issued = history.at(0)?.on;
  const common = {
    publisher: by,
    license: model.framework.report.licence?.url ?? licence,
    inLanguage: model.framework.language,
    version: String(version),
    ...(issued && !model.reconstruction && { datePublished: issued }),
    ...(dates.published && { dateModified: dates.published }),
  };
  return {
    "@context": { "@vocab": "https://schema.org/", dcat: "http://www.w3.org/ns/dcat#" },
    "@graph": [
      {
        "@id": address,
        "@type": "Report",
        name: model.title,
        about: { "@type": "GovernmentOrganization", name: service.name },
        reportNumber: inspection,
        isBasedOn: { "@id": `${address}#data` },
        ...common,
      },
      {
        "@id": `${address}#data`,
        "@type": ["Dataset", "dcat:Dataset"],
        name: `Data of ${model.title}`,
        description:
          "Ratings, scores, and the number of relevant and sufficient cases behind each key " +
          "question and prompt.",
        ...(dates.fieldworkStart && {
          temporalCoverage: `${dates.fieldworkStart}/${dates.fieldworkEnd}`,
        }),
        isAccessibleForFree: true,
        distribution: downloads.map(({ href, label, mediaType, bytes, sha256 }) => ({
          "@type": ["DataDownload", "dcat:Distribution"],
          name: label,
          contentUrl: `${address}${href}`,
          encodingFormat: mediaType,
          contentSize: `${bytes} bytes`,
          sha256,
        })),
        ...common,
      },
    ],
  };
};
