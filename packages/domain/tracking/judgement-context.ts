/** What a sheet of judgements about an inspection is read against. */
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
  if (!briefing.framework || briefing.sample.size === 0) return undefined;
  const references = new Map<string, CaseId>();
  for (const id of briefing.sample.keys()) {
    const listed = announcement.cases.get(id);
    const reference = listed && words(listed.text)?.ref;
    if (reference !== undefined) references.set(reference, id);
    references.set(id, id);
  }
  return {
    framework: briefing.framework,
    sample: briefing.sample,
    references,
    relevant: new Map(
      [...files].flatMap(([id, file]) => (file.scope ? [[id, file.relevant] as const] : [])),
    ),
  };
};
