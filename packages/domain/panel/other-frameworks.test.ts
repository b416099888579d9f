import { people, panelMembers as present } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import type { Stage } from "@assay/spec/stages.ts";
import { describe, expect, it } from "vitest";

import { type Framework, FrameworkDocument } from "../framework/document.ts";
import { yos2018 } from "../framework/shipped.ts";
import { fold } from "../kernel/decider.ts";
import { PanelCommand } from "./commands.ts";
import { panel } from "./decide.ts";

const by = people.chair;
const reason = "As the panel sees it.";

/** The facts of a story, under another framework and with other facts of some kinds. */
const stateUnder = (
  stage: Stage,
  framework: Framework,
  other: (fact: { readonly type: string }) => object | undefined = (fact) => fact,
) => {
  const world = worldAt(stage);
  const facts = world.facts().flatMap((fact) => {
    const told = other(fact);
    if (!told) return [];
    return [fact.type === "InspectionAnnounced" ? pinning(told, framework) : told];
  });
  const state = fold(panel, facts as Parameters<typeof panel.evolve>[1][]);
  const stamp = { inspection: world.inspection, at: world.now };
  return { state, stamp };
};

const pinning = (fact: object, version: Framework) => ({
  ...fact,
  framework: { digest: "0".repeat(64), version: FrameworkDocument.parse(version) },
});

/** Leaves 1.1, 1.2 and 1.3 as they are; 1.4 is made of two key questions that people grade. */
const ofQuestions: Framework = {
  ...yos2018,
  standards: yos2018.standards.map((standard) =>
    standard.code === "1.4" && standard.judged === "by-people"
      ? {
          ...standard,
          judged: "by-questions",
          combine: { by: "lowest" },
          limits: [{ where: [{ grades: ["Inadequate"] }], atMost: "Inadequate" }],
          keyQuestions: standard.keyQuestions.map((question, i) =>
            i < 2 ? { ...question, scale: standard.scale } : question,
          ),
        }
      : standard,
  ),
};

const limited: Framework = {
  ...yos2018,
  overall: {
    ...yos2018.overall!,
    combine: { by: "people" },
    limits: [{ where: [{ grades: ["Good"], of: ["1.1"] }], atMost: "Requires improvement" }],
  },
};

/** Domain 1 is graded by people, within a limit. */
const byPeople: Framework = {
  ...yos2018,
  domains: yos2018.domains.map((domain) =>
    domain.number === 1
      ? {
          ...domain,
          rating: {
            scale: yos2018.standards[0]!.scale,
            combine: { by: "people" },
            limits: [{ where: [{ grades: ["Good"], of: ["1.1"] }], atMost: "Good" }],
          },
        }
      : domain,
  ),
};

const { overall: _, ...without } = yos2018;

const withoutOverall = (fact: { readonly type: string }): object | undefined => {
  if (fact.type !== "RatingsConcluded") return fact;
  const { overall: __, ...rest } = fact as { readonly overall?: string };
  return rest;
};

/** What the panel decided on 1.4 as a whole: under the other framework it may not. */
const isDecision = (fact: { readonly type: string; readonly standard?: string }): boolean =>
  fact.type === "DomainOneDecided" && fact.standard === "1.4";

const decideOverall = (framework: Framework, overall: string) => {
  const { state, stamp } = stateUnder("concluded", framework, withoutOverall);
  const asked = { type: "DecideOverall", overall, reason };
  return panel.decide(PanelCommand.parse({ ...asked, ...stamp, by: people.head }), state, []);
};

describe("an overall rating that people decide", () => {
  it("is no better than the limits leave", () => {
    expect(decideOverall(limited, "Good")).toEqual({
      accepted: false,
      refusal: {
        reason: "AboveTheLimit",
        standard: "overall",
        rating: "Good",
        atMost: "Requires improvement",
      },
    });
    expect(decideOverall(limited, "Requires improvement")).toMatchObject({ accepted: true });
  });

  it("is none where the framework has none", () => {
    expect(decideOverall(without, "Good")).toEqual({
      accepted: false,
      refusal: { reason: "NoOverallRating" },
    });
  });
});

describe("a standard that is made of its questions", () => {
  it("is not the panel's to decide as a whole", () => {
    const { state, stamp } = stateUnder("sitting", ofQuestions);
    const asked = { type: "DecideDomainOne", standard: "1.4", rating: "Good", present, reason };
    expect(panel.decide(PanelCommand.parse({ ...asked, ...stamp, by }), state, [])).toMatchObject({
      refusal: { reason: "NotJudgedByPeople", standard: "1.4" },
    });
  });

  it("has the lowest of their grades, within the limits, once people decided them", () => {
    const conclude = (first: string, second: string) => {
      const { state, stamp } = stateUnder("concluded", ofQuestions, (fact) =>
        fact.type === "RatingsConcluded" || isDecision(fact) ? undefined : fact,
      );
      const decided = ["1.4.1", "1.4.2"].map((standard, i) => ({
        type: "DomainOneDecided" as const,
        ...{ at: stamp.at, by, standard, proposed: "Good", rating: [first, second][i]!, present },
        text: {},
      }));
      const told = decided.reduce((found, fact) => panel.evolve(found, fact as never), state);
      const asked = { type: "ConcludePanel", present };
      const answer = panel.decide(PanelCommand.parse({ ...asked, ...stamp, by }), told, []);
      if (!answer.accepted) throw new Error(JSON.stringify(answer.refusal));
      const [fact] = answer.events;
      if (fact?.type !== "RatingsConcluded") throw new Error("not concluded");
      return fact.standards.find(({ standard }) => standard === "1.4");
    };
    expect(conclude("Outstanding", "Good")).toMatchObject({
      ...{ rating: "Good", score: 2, decidedBy: "rule" },
      grades: [
        { keyQuestion: "1.4.1", rating: "Outstanding" },
        { keyQuestion: "1.4.2", rating: "Good" },
      ],
    });
    expect(conclude("Inadequate", "Outstanding")).toMatchObject({ rating: "Inadequate", score: 0 });
  });

  it("owes a proposal and a decision on each question that people grade", () => {
    const { state, stamp } = stateUnder("sitting", ofQuestions);
    const asked = { type: "ConcludePanel", present };
    const answer = panel.decide(PanelCommand.parse({ ...asked, ...stamp, by }), state, []);
    if (answer.accepted || answer.refusal.reason !== "Undecided") throw new Error("concluded");
    const owed = answer.refusal.standards.map(({ standard }) => standard);
    expect(owed).toContain("1.4.1");
    expect(owed).toContain("1.4.2");
    expect(owed).not.toContain("1.4");
    expect(owed).not.toContain("1.4.3");
  });
});

describe("a domain that people grade", () => {
  const asked = (rating: string, framework = byPeople) => {
    const { state, stamp } = stateUnder("sitting", framework);
    const proposed = { type: "DomainOneProposed", standard: "1", rating: "Good", evidence: [] };
    const told = panel.evolve(state, { ...proposed, ...stamp, by, text: {} } as never);
    const deciding = { type: "DecideDomainOne", standard: "1", rating, present, reason };
    return panel.decide(PanelCommand.parse({ ...deciding, ...stamp, by }), told, []);
  };

  it("is owed to the panel beside its standards, and to nobody where it is made of them", () => {
    const owedUnder = (framework: Framework) => {
      const { state, stamp } = stateUnder("sitting", framework);
      const ending = { type: "ConcludePanel", ...stamp, by, present };
      const answer = panel.decide(PanelCommand.parse(ending), state, []);
      if (answer.accepted || answer.refusal.reason !== "Undecided") throw new Error("concluded");
      return answer.refusal.standards.map(({ standard }) => standard);
    };
    expect(owedUnder(byPeople)).toContain("1");
    expect(owedUnder(yos2018)).not.toContain("1");
  });

  it("takes a grade of its scale, of nothing that people do not grade", () => {
    expect(asked("Excellent")).toMatchObject({ refusal: { reason: "UnknownGrade" } });
    expect(asked("Good", yos2018)).toMatchObject({ accepted: false });
    expect(asked("Good")).toMatchObject({ accepted: true });
  });
});
