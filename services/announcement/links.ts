/**
 * Links that lead to one file: each is derived from the service's secret, so that a letter that is
 * tried again has the same one, and only its digest is recorded.
 */
import { createHash, createHmac } from "node:crypto";

import type { Digest } from "@assay/domain/kernel/ids.ts";
import type { reminders } from "@assay/domain/reminders/decide.ts";
import { lettersOwed } from "@assay/domain/reminders/letters.ts";

/** HMAC-SHA256 of the letter's id under the secret (at least 32 bytes), in base64url. */
export const tokenFor = (secret: Uint8Array, letter: string): string =>
  createHmac("sha256", secret).update(`assay letter link 1\n${letter}`).digest("base64url");

/** SHA-256 of the token in UTF-8. */
const digestOf = (token: string): Digest =>
  createHash("sha256").update(token).digest("hex") as Digest;

type Rules = typeof reminders;

/** The rules, given the digests of the links of all letters that are owed. */
export const withLinks = (secret: Uint8Array, rules: Rules): Rules => ({
  ...rules,
  decide: (command, state, basis) => {
    if (command.type !== "CallLetters") return rules.decide(command, state, basis);
    const owed = lettersOwed(command.inspection, state, command.at);
    const links = Object.fromEntries(
      owed.flatMap(({ letter, until }) =>
        until ? [[letter, digestOf(tokenFor(secret, letter))]] : [],
      ),
    );
    return rules.decide({ ...command, links }, state, basis);
  },
});
