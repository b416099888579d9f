/** Checks what a bundle's ratings rest on: the ruleset, the sample, and the arithmetic itself. */
import type { JsonObject } from "@assay/store/port.ts";

import { asErased, digestOf, type RedactedEvent } from "./leaf.ts";
import type { Case, Finding } from "./check.ts";

/** The ruleset is the one pinned when the inspection was announced, and no later event left it. */
export const checkFramework = ({ bundle, options }: Case): Finding => {
  const { id, digest, document } = bundle.framework;
  const problems: string[] = [];
  if (digestOf(document) !== digest) problems.push(`the document of ${id} has another digest`);
  const events = shown(bundle.events);
  const announcements = events.filter(({ type }) => type === "InspectionAnnounced");
  if (announcements.length === 0) problems.push("no event shown pins a framework version");
  for (const { data } of announcements) problems.push(...pinProblems(data, bundle.framework));
  const announced = events.slice(events.findIndex(({ type }) => type === "InspectionAnnounced"));
  const stray = announced.find(({ metadata }) => (metadata["framework"] ?? id) !== id);
  if (stray) problems.push(`event ${stray.id} was recorded under another version than ${id}`);
  const known = (options.frameworks ?? []).filter((each) => each.id === id);
  if (known.length > 0 && !known.some((each) => each.digest === digest))
    problems.push(`${id} is not the version that is published under this name`);
  const caveat = `${id} is not known here: compare ${digest} with what ${bundle.authority} publishes`;
  return {
    problems,
    summary: `${id}, ${digest.slice(0, 16)}…, as announced`,
    recomputed: 1,
    compared: announcements.length + (known.length > 0 ? 1 : 0),
    caveats: known.length > 0 ? [] : [caveat],
  };
};

/** What an announcement pinned and the bundle has otherwise. */
const pinProblems = (
  { framework }: JsonObject,
  { id, digest, document }: Case["bundle"]["framework"],
): readonly string[] => {
  const pinned = isBranch(framework) ? framework : {};
  if (pinned["digest"] !== digest) {
    return [`the inspection was announced under another version than ${id}`];
  }
  const { version } = pinned;
  const places = version === undefined ? [] : differences(document, version);
  return places.map((place) => `framework/document${place} is not as announced`);
};

/** The sampling certificates are whole and, where the means were given, those of the draw. */
export const checkCertificates = ({ bundle, options }: Case): Finding => {
  const { certificates, framework } = bundle;
  const problems = certificates
    .filter(({ digest, document }) => digestOf(document) !== digest)
    .map(({ digest }) => `the certificate ${digest.slice(0, 16)}… has another digest`);
  const summary = `${certificates.length} certificates`;
  if (options.recertify === undefined) {
    return { problems, summary, caveats: ["the certificates were not compared with the draw"] };
  }
  const drawn = options.recertify(readable(bundle.events), framework.document);
  const differ = differences(
    certificates.map(({ document }) => document),
    drawn,
  );
  const wrong = differ.map((place) => `certificates${place} is not what the draw gives`);
  return {
    problems: [...problems, ...wrong],
    summary: `${summary}, as the recorded draw has it`,
    recomputed: certificates.length,
    compared: certificates.length,
  };
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
  return { problems, summary: "computed again from the events, the same", recomputed: 1 };
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
