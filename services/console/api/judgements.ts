/**
 * A sheet of judgements, one row for each case and question: read as strictly as a case list, and
 * then recorded row by row as commands. The same sheet sent again records nothing again.
 */
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { canonicalJson } from "@assay/domain/kernel/canonical.ts";
import { identifyingInRequest } from "@assay/domain/kernel/identifying.ts";
import { judgementContext } from "@assay/domain/tracking/judgement-context.ts";
import { readJudgements } from "@assay/intake/judgement-file.ts";
import { issuesOf } from "@assay/host/schema.ts";
import type { z } from "zod";

import { json } from "../http/answer.ts";
import type { Handle } from "../pages/page.ts";
import { isStaff, maySee } from "../reading/viewer.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { bodyIn } from "./endpoint.ts";
import { problem } from "./problem.ts";
import type { SheetResults } from "./outcomes.ts";

export const judgements: Handle = async (visit) => {
  const { viewer, library, parts, asked, send } = visit;
  const held = await library.one(parts["inspection"] ?? "");
  if (viewer.kind !== "person" || !held || !isStaff(viewer) || !maySee(viewer, held))
    return problem(404);
  const { sheet } = ((await bodyIn(visit, "sheet")) ?? {}) as { readonly sheet?: unknown };
  if (typeof sheet !== "string")
    return problem(422, { detail: "Give the file as sheet: in base64, or as a file of a form." });
  const context = judgementContext(held);
  if (!context) return problem(422, { detail: "The sample has not been drawn yet." });
  const read = readJudgements(Buffer.from(sheet, "base64"), context);
  if (!read.accepted)
    return problem(422, { detail: "Nothing was imported.", problems: read.problems });
  const results: z.output<typeof SheetResults>["results"][number][] = [];
  for (const judgement of read.judgements) {
    const row = { case: judgement.case, question: judgement.question };
    const id = uuidFrom(`sheet/${held.inspection}/${viewer.actor.id}/${canonicalJson(judgement)}`);
    const command = { type: "RecordJudgement", inspection: held.inspection, ...judgement };
    const { correlationId } = asked;
    const warnings = identifyingInRequest(command);
    const sent = await send({ id, by: viewer.actor, correlationId, command });
    if (sent.outcome === "malformed")
      results.push({ ...row, outcome: "malformed", issues: issuesOf(sent.error) });
    else if (sent.reply.accepted)
      results.push({
        ...{ ...row, outcome: "accepted", events: sent.reply.events },
        ...(warnings.length > 0 && { warnings }),
      });
    else {
      const { refusal } = sent.reply;
      results.push({ ...row, outcome: "refused", detail: refusalInWords(refusal), refusal });
    }
  }
  const answer: z.output<typeof SheetResults> = { results, ignored: read.ignored };
  return json(answer);
};
