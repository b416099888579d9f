/** A framework of which no engine knows, and one command of each kind about it. */
import { FrameworkCommand } from "@assay/domain/announcement/adoption/commands.ts";
import { documentDigest, frameworkIn, knownById } from "@assay/domain/framework/versions.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { Day } from "@assay/domain/kernel/instants.ts";

/** Like one that comes with Assay, under a name of its own. */
export const strangeDocument = (change: Partial<Framework> = {}): Framework => ({
  ...frameworkIn(knownById("yos-2021")!.document),
  id: "strange-2020",
  label: "A framework from elsewhere",
  from: Day.parse("2020-01-01"),
  ...change,
});

const contents = (document: Framework): Readonly<Record<FrameworkCommand["type"], object>> => ({
  AdoptFramework: { document, digest: documentDigest(document) },
  WithdrawFramework: { reason: "The next one takes its place." },
});

export const frameworkAsked = (
  type: FrameworkCommand["type"],
  by: Actor,
  document: Framework = strangeDocument(),
): FrameworkCommand =>
  FrameworkCommand.parse({
    type,
    at: "2021-01-04T08:00:00.000Z",
    by,
    framework: document.id,
    ...contents(document)[type],
  });
