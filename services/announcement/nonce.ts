/**
 * The secret half of each inspection's seed. It is derived from one secret of the service's, so
 * that nothing has to be kept between the announcement and the draw, and nobody can choose it.
 */
import { createHmac } from "node:crypto";

import type { InspectionCommand } from "@assay/domain/announcement/commands.ts";
import type { inspectionUnder } from "@assay/domain/announcement/decide.ts";
import { commitmentTo, Nonce } from "@assay/domain/sampling/stream.ts";

/**
 * HMAC-SHA256 of the inspection's id, and of how often its commitment was renewed, under the
 * service's secret (at least 32 bytes).
 */
export const nonceFor = (secret: Uint8Array, inspection: string, renewed = 0): Nonce => {
  const which = renewed === 0 ? inspection : `${inspection}\n${renewed}`;
  return Nonce.parse(
    createHmac("sha256", secret).update(`assay sampling nonce 1\n${which}`).digest("hex"),
  );
};

type Loose = { readonly [key: string]: unknown };

/** Fills in what only this service knows: the commitment at announcement, the nonce at the draw. */
export const withNonce = (secret: Uint8Array, command: unknown): unknown => {
  if (typeof command !== "object" || command === null) return command;
  const { type, inspection } = command as Loose;
  if (typeof inspection !== "string") return command;
  if (type === "AnnounceInspection") {
    return { commitment: commitmentTo(nonceFor(secret, inspection)), ...command };
  }
  if (type === "DrawSample") return { nonce: nonceFor(secret, inspection), ...command };
  return command;
};

/** What may call for a new commitment. */
const renewing: ReadonlySet<InspectionCommand["type"]> = new Set<InspectionCommand["type"]>([
  "RescheduleInspection",
  "ResumeInspection",
  "SubmitCaseList",
  "ReturnCaseList",
  "SetSampleSizes",
]);

type Rules = ReturnType<typeof inspectionUnder>;

/** The rules, given the next commitment where one may be called for, and the nonce of the last. */
export const withRenewals = (secret: Uint8Array, rules: Rules): Rules => ({
  ...rules,
  decide: (command, state, basis) => {
    const { inspection, type } = command;
    if (renewing.has(type)) {
      const commitment = commitmentTo(nonceFor(secret, inspection, state.renewed + 1));
      return rules.decide({ commitment, ...command } as typeof command, state, basis);
    }
    if (type !== "DrawSample" || state.renewed === 0) return rules.decide(command, state, basis);
    const nonce = nonceFor(secret, inspection, state.renewed);
    return rules.decide({ ...command, nonce }, state, basis);
  },
});
