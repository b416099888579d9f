/** The certificate and its verification as pages that a person reads, in Markdown. */
import type { PopulationSettings } from "../framework/case-list-settings.ts";
import type { CertifiedPopulation, Conduct } from "./certificate.ts";
import { type AnyCertificate, certificateOfFormat1 } from "./certificate-format-1.ts";
import type { SampleSize } from "./sizes.ts";
import type { RenewalReason } from "./stream.ts";
import type { Verification } from "./verify-certificate.ts";

export const certificatePage = (either: AnyCertificate): string => {
  const certificate =
    either.format === "assay-sampling-certificate/3" ? either : certificateOfFormat1(either);
  const { settings, algorithm, populations, replacements } = certificate;
  return [
    "# Certificate of the sample",
    ...(certificate.inspection === undefined ? [] : [`Inspection: ${certificate.inspection}`]),
    [
      `- First day of fieldwork: ${certificate.fieldworkStart}`,
      `- Rows in the case list: ${certificate.rows}`,
      `- Digest of the case list: \`${certificate.listDigest}\``,
      `- Commitment, published when the inspection was announced: \`${certificate.commitment}\``,
      `- Nonce, revealed after the draw: \`${certificate.nonce}\``,
      ...(certificate.beacon === undefined ? [] : [`- Beacon: \`${certificate.beacon}\``]),
      `- Seed: \`${certificate.seed}\``,
      `- Method: ${algorithm.name} version ${algorithm.version}`,
    ].join("\n"),
    ...(certificate.conduct ? conductSection(certificate.conduct) : []),
    ...settings.populations.flatMap((population) =>
      populationSection(population, {
        drawn: populations[population.name]!,
        labelOf: (name) => settings.populations.find((each) => each.name === name)?.label ?? name,
      }),
    ),
    "## Replacements",
    replacements.length === 0
      ? "None."
      : table(
          ["Case", "Replaced by", "Reason"],
          replacements.map(({ replaced, replacement, reason, hadAnswers }) => [
            replaced,
            replacement ?? "nobody",
            hadAnswers
              ? `${reason}; it had answers, which stay on record and do not count`
              : reason,
          ]),
        ),
    "",
  ].join("\n\n");
};

const conductSection = ({
  framework,
  beaconRound,
  renewals,
  countersigned,
}: Conduct): readonly string[] => [
  "## What could have steered the draw",
  [
    `- Framework: ${framework.id} (digest \`${framework.digest}\`)`,
    beaconRound
      ? `- The beacon is round ${beaconRound.round} of ${beaconRound.source}, named before the ` +
        `list came; it appeared at ${beaconRound.at}`
      : "- No beacon was named: whoever holds the secret from which nonces are made could know " +
        "the draw once the list was in",
    ...renewals.map(
      ({ on, because, commitment }) =>
        `- New commitment of ${on}, because ${renewalInWords[because]}: \`${commitment}\``,
    ),
    ...(renewals.length === 0 ? ["- The commitment of the announcement was never renewed"] : []),
    `- ${countersignedInWords(countersigned)}`,
  ].join("\n"),
];

export const renewalInWords: Readonly<Record<RenewalReason, string>> = {
  "list-returned": "the case list was returned to the service",
  "fieldwork-moved": "fieldwork was moved after the list had come in",
  "sizes-set": "the size of a sample was set after the list had come in",
  "beacon-passed": "the list came after the value of the beacon",
};

const countersignedInWords = (countersigned: Conduct["countersigned"]): string => {
  if (!countersigned) return "The service has not said that it drew again";
  const found = countersigned.equal ? "the same cases" : "other cases";
  return `The service drew again from its own list on ${countersigned.on} and got ${found}`;
};

type Told = {
  readonly drawn: CertifiedPopulation;
  readonly labelOf: (population: string) => string;
};

const populationSection = (
  { label, balancedOn, maxPerWorker }: PopulationSettings,
  { drawn, labelOf }: Told,
): readonly string[] => [
  `## ${label}`,
  [
    `- Balanced on ${balancedOn.join(", ") || "nothing"}`,
    `- Window: cases from ${drawn.window.first} to ${drawn.window.last}` +
      ` (${drawn.window.from} to ${drawn.window.to} months before fieldwork)` +
      (drawn.widened === 0 ? "" : `, widened ${timesOf(drawn.widened)}`),
    `- Eligible cases: ${drawn.eligible} (digest \`${drawn.eligibleDigest}\`)`,
    `- Excluded: ${exclusions(drawn)}`,
    `- Sample: ${drawn.size} cases. ${sizeInWords(drawn.sizing, labelOf)}`,
    `- Chance of being drawn: ${chances(drawn)}`,
    ...(maxPerWorker === undefined ? [] : [capInWords(drawn)]),
  ].join("\n"),
  `Sample: ${drawn.sample.join(", ") || "none"}`,
  `Reserves, in the order in which they are called up: ${drawn.reserves.join(", ") || "none"}`,
  table(
    ["Variable", "Category", "Eligible", "Sample", "Eligible %", "Sample %", "Difference"],
    drawn.balance.map((line) => [
      line.variable,
      line.category,
      String(line.population),
      String(line.sample),
      percent(line.populationShare),
      percent(line.sampleShare),
      `${line.difference > 0 ? "+" : ""}${percent(line.difference)}`,
    ]),
  ),
];

const capInWords = ({ inclusion: { cap } }: CertifiedPopulation): string =>
  `- At most ${cap.used} cases from one worker` +
  (cap.used === cap.set ? "" : `, because the size is out of reach with ${cap.set}`);

/** How a size came about, with the formula and its numbers. */
export const sizeInWords = (sizing: SampleSize, labelOf: (name: string) => string): string => {
  const set = sizing.override && ` Set to ${sizing.override.size}: ${sizing.override.reason}`;
  const short = sizing.shortfall > 0 ? ` Short by ${sizing.shortfall}: all were taken.` : "";
  return `${formulaInWords(sizing, labelOf)}.${set ?? ""}${short}`;
};

const formulaInWords = (
  { basis, population, computed }: SampleSize,
  labelOf: Told["labelOf"],
): string => {
  switch (basis.formula) {
    case "everything":
      return "Every eligible case is taken";
    case "ratio":
      return (
        `${basis.drawn} cases of ${labelOf(basis.to)} × ${basis.here}/${basis.there}, ` +
        `rounded to nearest: ${computed}`
      );
    case "finite-population-correction": {
      const { floor, ceiling } = basis;
      const bounds = [
        ...(floor === undefined ? [] : [`at least ${floor}`]),
        ...(ceiling === undefined ? [] : [`at most ${ceiling}`]),
      ];
      return (
        `n0 = ${basis.z}² × ${basis.p} × ${1 - basis.p} / ${basis.margin}² = ` +
        `${basis.unlimited.toFixed(3)}; n0 / (1 + (n0 - 1) / ${population}), ` +
        [`rounded up: ${computed}`, ...bounds].join(", ")
      );
    }
  }
};

const chances = ({ inclusion }: CertifiedPopulation): string => {
  const common = percent(inclusion.common);
  if (inclusion.lowered.length === 0) return `${common}% for every case`;
  const lowered = inclusion.lowered
    .map((each) => `${percent(each.probability)}% (one manager's ${each.managerCases} cases)`)
    .join(", ");
  return `${common}%, but lower where the cap on one manager's cases asks for it: ${lowered}`;
};

const exclusions = ({ excluded }: CertifiedPopulation): string => {
  const counts = new Map<string, number>();
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0) return "none";
  return [...counts].map(([reason, count]) => `${reason} ${count}`).join(", ");
};

const percent = (share: number): string => (100 * share).toFixed(1);

/** Text from outside stays inside its cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");

const table = (heads: readonly string[], lines: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => "---"), ...lines]
    .map((line) => `| ${line.map(cell).join(" | ")} |`)
    .join("\n");

export const verificationPage = (verification: Verification): string =>
  verification.equal
    ? "Equal: the same cases were drawn again from the list and the nonce.\n"
    : [
        "Not equal.",
        ...verification.differences.map(
          ({ what, certificate, found }) =>
            `- ${what}: the certificate says ${shorten(certificate)}, found ${shorten(found)}`,
        ),
        "",
      ].join("\n");

const shorten = (text: string): string => (text.length > 300 ? `${text.slice(0, 297)}...` : text);

const timesOf = (count: number): string =>
  count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
