/** What may be erased, by whom, and the reasons for a no. */
import { z } from "zod";

import { grant, type Permissions } from "../../kernel/actor.ts";
import { request } from "../../kernel/fact.ts";
import { CaseId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/instants.ts";
import { PrintedWords } from "../../kernel/printed.ts";
import { ErasureGround } from "./events.ts";

export const ErasureCommand = z.discriminatedUnion("type", [
  request("EraseCase", { of: CaseId, ground: ErasureGround, reason: PrintedWords }),
  /** What falls due by itself, when the time for keeping is over. */
  request("EraseCaseList", {}),
  request("EraseCaseWords", {}),
]);
export type ErasureCommand = z.infer<typeof ErasureCommand>;
export type ErasureCommandOf<Type extends ErasureCommand["type"]> = Extract<
  ErasureCommand,
  { type: Type }
>;

export const erasurePermissions: Permissions<ErasureCommand["type"]> = {
  EraseCase: grant(["head-of-programme"]),
  EraseCaseList: grant(["head-of-programme", "system"]),
  EraseCaseWords: grant(["head-of-programme", "system"]),
};

export type ErasureRefusal =
  | { readonly reason: "NotOnTheCaseList"; readonly case: CaseId }
  /** Nothing is erased before its time but for a ground in law, case by case. */
  | { readonly reason: "StillKept"; readonly until: Instant | "publication" };
