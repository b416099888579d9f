/** The story's bundle in the hands of a forger, and how tests judge what comes of it. */
import { sealedBundle, sealText, type Unsealed } from "../bundle.ts";
import type { VerifyOptions } from "../check.ts";
import { signNote } from "../note.ts";
import type { Report } from "../verify-bundle.ts";
import { recertify, recompute, signer, storyBundle, trusted } from "./story.ts";

export const options: VerifyOptions = { trusted, recompute, recertify };
export const bundle = storyBundle();

export const failed = ({ checks }: Report): readonly string[] =>
  checks.filter(({ holds }) => !holds).map(({ name }) => name);

// oxlint-disable-next-line typescript/no-explicit-any -- a forger respects no type
export type Forgery = Record<string, any>;

/** The bundle with something changed, and sealed anew by whoever holds the authority's key. */
export const forged = (change: (bundle: Forgery) => void, by = signer): string => {
  const copy = JSON.parse(bundle) as Forgery;
  change(copy);
  const { seal: _seal, ...rest } = copy;
  const members = rest as Unsealed;
  return sealedBundle(members, signNote(sealText(members), [by]));
};
