/** What may be asked about a framework, by whom, and the reasons for a no. */
import { z } from "zod";

import { DocumentToAdopt } from "../../framework/versions.ts";
import { Actor, grant, type Permissions } from "../../kernel/actor.ts";
import { Digest, FrameworkId } from "../../kernel/ids.ts";
import { Instant } from "../../kernel/instants.ts";
import { PrintedWords } from "../../kernel/printed.ts";

const ask = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({
    type: z.literal(type),
    at: Instant,
    by: Actor,
    framework: FrameworkId,
    ...shape,
  });

export const FrameworkCommand = z.discriminatedUnion("type", [
  /** `framework` is the document's id, `digest` SHA-256 of its canonical JSON. */
  ask("AdoptFramework", { document: DocumentToAdopt, digest: Digest }),
  ask("WithdrawFramework", { reason: PrintedWords }),
]);
export type FrameworkCommand = z.infer<typeof FrameworkCommand>;
export type FrameworkCommandOf<Type extends FrameworkCommand["type"]> = Extract<
  FrameworkCommand,
  { type: Type }
>;

const heads = grant(["head-of-programme"]);

export const frameworkPermissions: Permissions<FrameworkCommand["type"]> = {
  AdoptFramework: heads,
  WithdrawFramework: heads,
};

export type FrameworkRefusal =
  /** The id that was asked for is not the document's. */
  | { readonly reason: "NotTheDocumentsId"; readonly id: string }
  | { readonly reason: "DocumentChanged"; readonly digest: Digest }
  /** Another document has this id: inspections may rest on it, so it is never replaced. */
  | {
      readonly reason: "FrameworkIdTaken";
      readonly framework: FrameworkId;
      readonly digest: Digest;
    }
  | { readonly reason: "NoSuchFramework"; readonly framework: FrameworkId };
