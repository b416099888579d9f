/** Checks what a bundle's ratings rest on: the ruleset, the sample, and the arithmetic itself. */
import type { JsonObject } from "@assay/store/port.ts";

import { asErased, digestOf, type RedactedEvent } from "./leaf.ts";
import type { Case, Finding } from "./check.ts";

/** The ruleset is the one pinned when the inspection was announced, and no later event left it. */
export const checkFramework = ({ bundle }: Case): Finding => {
  const { id, digest, document } = bundle.framework;
  const problems: string[] = [];
  if (digestOf(document) !== digest) problems.push(`the document of ${id} has another digest`);
  const events = shown(bundle.events);
  const pins = events.flatMap(({ type, data }) =>
    type === "InspectionAnnounced" ? [pinnedIn(data)] : [],
  );
  if (pins.length === 0) problems.push("no event shown pins a framework version");
  if (pins.some((pin) => pin !== digest)) {
    problems.push(`the inspection was announced under another version than ${id}`);
  }
  const announced = events.slice(events.findIndex(({ type }) => type === "InspectionAnnounced"));
  const stray = announced.find(({ metadata }) => (metadata["framework"] ?? id) !== id);
  if (stray) problems.push(`event ${stray.id} was recorded under another version than ${id}`);
  return { problems, summary: `${id}, ${digest.slice(0, 16)}…, as announced` };
};

/** The digest of the version that an announcement pinned, with or without the version itself. */
const pinnedIn = ({ framework }: JsonObject): unknown =>
  typeof framework === "object" && framework !== null && "digest" in framework
    ? framework.digest
    : undefined;

/** The sampling certificates are whole and, where the means were given, drawn again the same. */
export const checkCertificates = ({ bundle, options }: Case): Finding => {
  const { certificates, framework } = bundle;
  const problems = certificates
    .filter(({ digest, document }) => digestOf(document) !== digest)
    .map(({ digest }) => `the certificate ${digest.slice(0, 16)}… has another digest`);
  const summary = `${certificates.length} certificates`;
  if (options.recertify === undefined) {
    return { problems, summary, caveats: ["the sample was not drawn again"] };
  }
  const drawn = options.recertify(readable(bundle.events), framework.document);
  const differ = differences(
    certificates.map(({ document }) => document),
    drawn,
  );
  const wrong = differ.map((place) => `certificates${place} is not what the draw gives`);
  return { problems: [...problems, ...wrong], summary: `${summary}, drawn again the same` };
};

/** The ratings are those that the events give under the ruleset. */
export const checkRatings = ({ bundle, options }: Case): Finding => {
  if (options.recompute === undefined) {
    return {
      problems: [],
      summary: "as published",
      caveats: ["the ratings were not computed again"],
    };
  }
  const computed = options.recompute(readable(bundle.events), bundle.framework.document);
  const problems = differences(bundle.ratings, computed).map(
    (place) => `ratings${place} is not what the events give`,
  );
  return { problems, summary: "computed again from the events, the same" };
};

const shown = (events: Case["bundle"]["events"]): readonly RedactedEvent[] =>
  events.flatMap((entry) => ("event" in entry ? [entry.event] : []));

const readable = (events: Case["bundle"]["events"]): readonly RedactedEvent[] =>
  shown(events).map(asErased);

/** The places, as JSON pointers, at which two plain values differ. */
const differences = (a: unknown, b: unknown, place = ""): readonly string[] => {
  if (!isBranch(a) || !isBranch(b) || Array.isArray(a) !== Array.isArray(b)) {
    return a === b ? [] : [place];
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences(a[key], b[key], `${place}/${key}`));
};

const isBranch = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null;
