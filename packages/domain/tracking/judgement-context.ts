/** What a sheet of judgements about an inspection is read against. */
import { purposesOf } from "../framework/columns.ts";
import { words } from "../kernel/fact.ts";
import type { CaseId } from "../kernel/ids.ts";
import type { JudgementContext } from "../fieldwork/import.ts";
import type { Known } from "./standing.ts";

/** Undefined before the sample is drawn: there are no cases to judge. */
export const judgementContext = ({
  announcement,
  fieldwork,
}: Known): JudgementContext | undefined => {
  const { briefing, files } = fieldwork;
  const { framework } = briefing;
  if (!framework || briefing.sample.size === 0) return undefined;
  const column = purposesOf(framework.columns).reference;
  const references = new Map<string, CaseId>();
  for (const id of briefing.sample.keys()) {
    const listed = announcement.cases.get(id);
    const reference = listed && column && words(listed.text)?.[column];
    if (reference !== undefined) references.set(reference, id);
    references.set(id, id);
  }
  return {
    framework,
    sample: briefing.sample,
    references,
    relevant: new Map(
      [...files].flatMap(([id, file]) => (file.scope ? [[id, file.relevant] as const] : [])),
    ),
  };
};
