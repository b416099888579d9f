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

export type VerifyOptions = {
  /** Verifier keys, got from elsewhere than the bundle: the authority's and its witnesses'. */
  readonly trusted?: readonly string[];
  readonly recompute?: Recompute;
  /** Computes the sampling certificates again, in the order in which the bundle has them. */
  readonly recertify?: Recompute;
  /** Default: the one of this package, which needs nothing of its surroundings. */
  readonly verifySignature?: VerifySignature;
};

/** What each check is given: the bundle, and by which keys and means to judge it. */
export type Case = {
  readonly bundle: Bundle;
  readonly trusted: readonly VerifierKey[];
  readonly options: VerifyOptions;
  readonly verify: VerifySignature;
};

/** What a check found: problems, of which there should be none; a summary; what it left open. */
export type Finding = {
  readonly problems: readonly string[];
  readonly summary: string;
  readonly caveats?: readonly string[];
};
