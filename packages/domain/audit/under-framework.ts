/** An inspection as another framework would rate it, where its answers fit that framework. */
import { answersIn } from "../briefing/case-file.ts";
import { caseKeyQuestions } from "../framework/standards.ts";
import type { Framework } from "../framework/document.ts";
import { keyQuestionOf } from "../kernel/codes.ts";
import type { Dossier } from "./dossier.ts";
import { type Hypothesis, whatIf } from "./what-if.ts";

export type UnderFramework =
  | { readonly fits: true; readonly hypothesis: Hypothesis }
  /** Why nothing can be said of it, to follow the inspection's name. */
  | { readonly fits: false; readonly because: string };

export const underFramework = (dossier: Dossier, framework: Framework): UnderFramework => {
  const because = misfitOf(dossier, framework);
  if (because !== undefined) return { fits: false, because };
  const found = whatIf(dossier, { framework });
  return found.possible
    ? { fits: true, hypothesis: found.hypothesis }
    : { fits: false, because: "has not been announced" };
};

/** Every question that was answered has to be asked of the same population there. */
const misfitOf = ({ briefing, files }: Dossier, framework: Framework): string | undefined => {
  if (!briefing.framework) return "has not been announced";
  const asked = new Map(
    caseKeyQuestions(framework).map(({ keyQuestion }) => [keyQuestion.code, keyQuestion]),
  );
  const populations = new Set([...briefing.sample.values()].map(({ population }) => population));
  const missing = [...populations].find(
    (population) => !framework.populations.some(({ name }) => name === population),
  );
  if (missing !== undefined) return `has cases of ${missing}, of which ${framework.id} has none`;
  for (const [id, file] of files)
    for (const code of answersIn(file).keys()) {
      const question = asked.get(keyQuestionOf(code));
      if (!question) return `has answers to ${code}, which ${framework.id} does not ask`;
      const own = briefing.sample.get(id)?.population;
      if (own !== undefined && own !== question.population)
        return `has answers to ${code}, which ${framework.id} asks of other cases`;
    }
  return undefined;
};
