/** What the checks of an audit bundle are given, and what each answers. */
import type { JsonObject } from "@assay/store/port.ts";

import type { Bundle } from "./bundle.ts";
import type { RedactedEvent } from "./leaf.ts";
import type { VerifierKey, VerifySignature } from "./note.ts";

/**
 * Computes from the events, whose texts all read as erased, and from the framework's document; for
 * ratings, in the very form in which the bundle holds them.
 */
export type Recompute = (events: readonly RedactedEvent[], framework: JsonObject) => unknown;

/** One place in the log: the event, without its words, or undefined where it is not shown. */
export type Logged = {
  readonly index: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly shown?: { readonly data: JsonObject; readonly metadata: JsonObject };
};

/** What came of deciding every event again by the rules. */
export type Decided = {
  readonly problems: readonly {
    readonly index: number;
    readonly rule: string;
    readonly what: string;
  }[];
  /** How many events follow from those before them. */
  readonly recomputed: number;
  /** For each command: the seal that was kept, and the bytes of which it should sign one. */
  readonly seals: readonly {
    readonly index: number;
    readonly by: "people" | "duties";
    readonly seal?: { readonly edge: string; readonly signature: string };
    readonly messages: readonly Uint8Array[];
  }[];
  /** Events of which a part only agrees with others, and which part. */
  readonly compared: readonly { readonly index: number; readonly what: string }[];
};

export type Decide = (log: readonly Logged[], framework: JsonObject) => Decided;

export type VerifyOptions = {
  /**
   * Verifier keys, got from elsewhere than the bundle: the authority's and its witnesses', and
   * after the word `people` or `duties` those of the edges that seal commands for them.
   */
  readonly trusted?: readonly string[];
  readonly decide?: Decide;
  readonly recompute?: Recompute;
  /** Computes the sampling certificates again, in the order in which the bundle has them. */
  readonly recertify?: Recompute;
  /** The digests of framework versions that are known from elsewhere, by their id. */
  readonly frameworks?: readonly { readonly id: string; readonly digest: string }[];
  /** Default: the one of this package, which needs nothing of its surroundings. */
  readonly verifySignature?: VerifySignature;
};

/** A key whose seals count for people, or for what Assay does by itself. */
export type TrustedEdge = { readonly vouchesFor: "people" | "duties"; readonly key: VerifierKey };

/** What each check is given: the bundle, and by which keys and means to judge it. */
export type Case = {
  readonly bundle: Bundle;
  readonly trusted: readonly VerifierKey[];
  readonly edges: readonly TrustedEdge[];
  /** The rules' verdict on every event; undefined where nobody decides again. */
  readonly decided: () => Decided | undefined;
  readonly options: VerifyOptions;
  readonly verify: VerifySignature;
};

/**
 * What a check found: problems, of which there should be none, and a summary. `recomputed` counts
 * what was worked out again, `compared` what only agrees with something else; a caveat is something
 * that cannot be checked from this file.
 */
export type Finding = {
  readonly problems: readonly string[];
  readonly summary: string;
  readonly recomputed?: number;
  readonly compared?: number;
  readonly caveats?: readonly string[];
  /** Whom a reader still has to trust, and for what. */
  readonly trust?: readonly string[];
};
