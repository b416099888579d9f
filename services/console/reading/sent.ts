/** What was sent to and fro with the service: files, and alerts with their answers. */
import type { AnyFact } from "@assay/domain/facts.ts";
import { words } from "@assay/domain/kernel/fact.ts";

import type { Held } from "./held.ts";

export const submissionsIn = (facts: readonly AnyFact[]) =>
  facts.flatMap((fact) => {
    if (fact.type !== "SubmissionReceived") return [];
    const { request, at, bytes, digest } = fact;
    return [{ request, at, bytes, digest, name: words(fact.text)?.name ?? "[erased]" }];
  });

/** Every alert ever raised, with how far it has come. */
export const alertsTold = (facts: readonly AnyFact[], { fieldwork }: Held) =>
  facts.flatMap((fact) => {
    if (fact.type !== "AlertRaised") return [];
    const { alert, at, by, due, case: about } = fact;
    return [
      {
        ...{ alert, at, by, due },
        case: about,
        stage: fieldwork.alerts.get(alert)?.stage,
        risk: words(fact.text)?.risk ?? "[erased]",
        action: words(fact.text)?.action ?? "[erased]",
        response: responseTo(facts, alert),
      },
    ];
  });

const responseTo = (facts: readonly AnyFact[], alert: string): string | undefined => {
  const answer = facts.findLast((fact) => fact.type === "AlertAnswered" && fact.alert === alert);
  return answer?.type === "AlertAnswered" ? words(answer.text)?.response : undefined;
};
