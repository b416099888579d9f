/** Fieldwork as a whole: what the service sent, the evidence, alerts, proposals, what is open. */
import { judgedIn, requestNamed } from "@assay/domain/briefing/inspection.ts";
import { words } from "@assay/domain/kernel/fact.ts";

import { fieldworkForms } from "../forms/fieldwork.ts";
import { evidenceTitle } from "../reading/dossiers.ts";
import { factOf, type Held } from "../reading/held.ts";
import { owedFor } from "../reading/tracker.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { alertsTold, submissionsIn } from "../reading/sent.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

export const fieldworkPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "fieldwork");
  const facts = (await visit.library.events(held)).map(factOf);
  const { fieldwork, announcement } = held;
  const alerts = alertsTold(facts, held, visit.viewer);
  const submissions = submissionsIn(facts);
  return visit.render({
    view: "fieldwork",
    title: `Fieldwork – ${framed.head.service}`,
    model: {
      ...framed,
      now: visit.now,
      phase: fieldwork.phase.value,
      requests: [...announcement.requests].map(([kind, request]) => ({
        name: requestNamed(announcement.briefing, kind),
        ...request,
        submissions: submissions.filter(({ request: of }) => of === kind),
      })),
      evidence: [...fieldwork.evidence.values()].map((item) => ({
        ...item,
        title: evidenceTitle(held, item.item),
        note: words(item.text)?.note ?? "",
      })),
      alerts,
      proposals: proposalsIn(held),
      surveys: [...fieldwork.surveys.values()],
      owed: owedFor(held, visit.now).filter(
        ({ step, key }) => step === "fieldwork" && !/^(assess|allocate|second-mark)/.test(key),
      ),
      blind: marksBlind(visit.viewer, held),
    },
    forms: {
      about: { held, now: visit.now },
      at: {
        here: fieldworkForms(visit.viewer, held, {
          submissions,
          risks: new Map(
            alerts.flatMap(({ alert, risk }) =>
              risk === undefined ? [] : [[alert, risk] as const],
            ),
          ),
        }),
      },
    },
  });
};

/** Every standard that people judge, proposed or not. */
const proposalsIn = (held: Held) =>
  judgedIn(held.fieldwork.briefing).map(({ code, label }) => {
    const proposal = held.fieldwork.proposals.get(code);
    return {
      code,
      label,
      rating: proposal?.rating,
      evidence: (proposal?.evidence ?? []).map((item) => evidenceTitle(held, item)),
      rationale: proposal && (words(proposal.text)?.rationale ?? "[erased]"),
    };
  });
