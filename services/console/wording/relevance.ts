/** Why a key question is asked of a case, or is not, as an inspector would say it. */
import type { RelevanceReason } from "@assay/domain/framework/relevance.ts";

export const relevanceWords: Readonly<Record<RelevanceReason, string>> = {
  "every-case": "it is asked of every case",
  "other-population": "it belongs to the other kind of disposal",
  "work-due": "the work had fallen due",
  "work-not-due": "the work had not fallen due",
  "outside-otherwise": "the case was left out by the inspector",
  "child-safety-factors": "there are factors related to keeping the child safe",
  "no-child-safety-factors": "there are no factors related to keeping the child safe",
  "rosh-above-low": "you judged the risk to other people higher than low",
  "rosh-low": "you judged the risk to other people low",
  "desistance-changed": "desistance factors changed",
  "desistance-unchanged": "no desistance factor changed",
  "safety-changed": "factors for the child’s safety changed",
  "safety-unchanged": "no factor for the child’s safety changed",
  "harm-changed": "factors for other people’s safety changed",
  "harm-unchanged": "no factor for other people’s safety changed",
  "conditional-caution": "the disposal is a youth conditional caution",
  "not-conditional-caution": "the disposal is no youth conditional caution",
};
