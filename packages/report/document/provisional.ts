/** Settings that the authority has not published: the list, and the mark beside a rating. */
import { provisionalOn } from "@assay/domain/framework/provisional.ts";
import type { ReportModel } from "../model.ts";
import { type Block, bullets, heading, type Inline, paragraph, say } from "./blocks.ts";

const place = "method-provisional";

/** Beside a rating that rests on such a setting; a link to the list where the form has links. */
export const provisionalMark = (
  { framework }: Pick<ReportModel, "framework">,
  subject: string,
): readonly Inline[] =>
  provisionalOn(framework, subject).length === 0
    ? []
    : [say(" ("), { kind: "recorded", href: `#${place}`, text: "provisional" }, say(")")];

/** For whoever compares ratings. */
export const provisionalPart = ({ framework: { provisional } }: ReportModel): readonly Block[] =>
  provisional.length === 0
    ? []
    : [
        heading(3, place, "Provisional settings"),
        paragraph(
          "The authority has not published these settings of the framework. They were taken as " +
            "follows, and may be others in later inspections. Ratings that rest on one of them " +
            "are marked as provisional.",
        ),
        bullets(provisional.map(({ what, why }) => `${what}: ${why}`)),
      ];
