/** A framework as the fact of its adoption holds it. */
import { frameworkIn, type Known } from "../../framework/versions.ts";
import type { FrameworkEvent } from "./events.ts";

export const knownByFact = ({
  document,
  digest,
}: Extract<FrameworkEvent, { type: "FrameworkAdopted" }>): Known => ({
  framework: frameworkIn(document),
  document,
  digest,
});
