/**
 * Fieldwork as people read it: the evidence for each key question that people judge, and where
 * there is none; the quality sample and what became of it; agreement between markings. Plain data.
 */
import { judgedIn } from "../briefing/inspection.ts";
import { agreementReport, driftOf } from "../fieldwork/assurance/marked-twice.ts";
import { gradesOf } from "../framework/scale.ts";
import { words } from "../kernel/fact.ts";
import type { Outline } from "./outline.ts";
import type { Known } from "./standing.ts";

/** Every standard that people judge: its evidence by key question, gaps, what is proposed. */
export const domainOneTold = ({ fieldwork }: Pick<Known, "fieldwork">) => {
  const { briefing, evidence, proposals } = fieldwork;
  const items = [...evidence.values()];
  return judgedIn(briefing).map(({ code, label, standard, scale }) => {
    const { keyQuestions, characteristics } = standard;
    const own = keyQuestions.filter((question) => code === standard.code || question.code === code);
    const asked = own.map((question) => ({
      code: question.code,
      label: question.label,
      evidence: items
        .filter((item) => item.keyQuestions.some((each) => each === question.code))
        .map(({ item, kind, digest = null, text, by, at }) => ({
          item,
          kind,
          title: words(text)?.title ?? null,
          digest,
          by: by.id,
          at,
        })),
    }));
    const proposal = proposals.get(code);
    return {
      standard: code,
      label,
      keyQuestions: asked,
      /** Key questions to which no evidence speaks yet. */
      gaps: asked.filter((each) => each.evidence.length === 0).map((each) => each.code),
      proposal: proposal
        ? {
            rating: proposal.rating,
            evidence: proposal.evidence,
            by: proposal.by.id,
            at: proposal.at,
            rationale: words(proposal.text)?.rationale ?? null,
          }
        : null,
      grades: gradesOf(scale),
      characteristics: code === standard.code ? (characteristics ?? null) : null,
    };
  });
};

/** The quality sample, case by case, and the assessments that were flagged or returned. */
export const qualityTold = ({ fieldwork }: Pick<Known, "fieldwork">) => {
  const { quality, files, briefing } = fieldwork;
  const statusOf = (id: (typeof quality & object)["dipSample"][number]["case"]) => ({
    case: id,
    inSample: briefing.sample.has(id),
    status: files.get(id)?.status ?? "open",
    reviewed: files.get(id)?.reviewed ?? false,
  });
  return {
    seed: quality?.seed ?? null,
    dipSample: (quality?.dipSample ?? []).map(({ case: id, because }) => ({
      ...statusOf(id),
      because,
    })),
    secondMarkings: (quality?.secondMarkings ?? []).map(({ case: id, to }) => ({
      ...statusOf(id),
      to,
      assignedTo: files.get(id)?.second?.by ?? null,
      completed: files.get(id)?.second?.completed ?? false,
    })),
    flagged: [...files]
      .filter(([id, { flags }]) => briefing.sample.has(id) && flags.length > 0)
      .map(([id, { flags }]) => ({ case: id, flags })),
    returned: [...files].flatMap(([id, { status }]) => (status === "returned" ? [id] : [])),
  };
};

/**
 * Agreement over these inspections, and whether it drifts: for each framework by itself, because
 * equal codes ask other questions elsewhere. Frameworks under which nothing was marked twice are
 * left out.
 */
export const agreementTold = (outlines: readonly Pick<Outline, "pinned" | "marked">[]) => {
  const marked = outlines.flatMap(({ pinned, marked: each }) =>
    pinned && each.length > 0 ? [{ pinned, each }] : [],
  );
  return {
    frameworks: [...Map.groupBy(marked, ({ pinned }) => pinned.id).values()].map((group) => {
      const answers = group.flatMap(({ each }) => each);
      return {
        framework: group[0]!.pinned,
        ...agreementReport(answers),
        drift: driftOf(answers),
      };
    }),
  };
};

export type AgreementTold = ReturnType<typeof agreementTold>;
