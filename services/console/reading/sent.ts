/** What was sent to and fro with the service: files, and alerts with their answers. */
import type { AnyFact } from "@assay/domain/facts.ts";
import { words } from "@assay/domain/kernel/fact.ts";

import type { Held } from "./held.ts";
import { isStaff, maySeeCases, type Viewer } from "./viewer.ts";

export const submissionsIn = (facts: readonly AnyFact[]) =>
  facts.flatMap((fact) => {
    if (fact.type !== "SubmissionReceived") return [];
    const { request, at, bytes, digest } = fact;
    return [{ request, at, bytes, digest, name: words(fact.text)?.name ?? "[erased]" }];
  });

/** Every alert ever raised, and how far it has come; its words not to whoever only plans. */
export const alertsTold = (facts: readonly AnyFact[], held: Held, viewer: Viewer) => {
  const whole = !isStaff(viewer) || maySeeCases(viewer, held);
  return facts.flatMap((fact) => {
    if (fact.type !== "AlertRaised") return [];
    const { alert, at, by, due, case: about } = fact;
    return [
      {
        ...{ alert, at, by, due },
        case: about,
        stage: held.fieldwork.alerts.get(alert)?.stage,
        ...(whole && {
          risk: words(fact.text)?.risk ?? "[erased]",
          action: words(fact.text)?.action ?? "[erased]",
          response: responseTo(facts, alert),
        }),
      },
    ];
  });
};

const responseTo = (facts: readonly AnyFact[], alert: string): string | undefined => {
  const answer = facts.findLast((fact) => fact.type === "AlertAnswered" && fact.alert === alert);
  return answer?.type === "AlertAnswered" ? words(answer.text)?.response : undefined;
};
