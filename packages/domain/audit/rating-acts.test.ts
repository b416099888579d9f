import { recordedIn, toldExample } from "@assay/spec/examples.ts";
import { askedOf, senderOf, stageOf } from "@assay/spec/specimen.ts";
import { specimens } from "@assay/spec/specimens.ts";
import { expect, it } from "vitest";

import { standardIn } from "../framework/standards.ts";
import { dossierOf } from "./dossier.ts";
import { ratingActOf } from "./rating-acts.ts";
import { computeStandard } from "./ratings.ts";

const after = (type: "ExerciseDiscretion" | "DecideDomainOne") => {
  const specimen = specimens[type];
  const world = stageOf(specimen);
  world.tell(senderOf(specimen, world), askedOf(specimen, world));
  return recordedIn(world);
};

it.each([
  ["a published inspection", toldExample("peterborough-2020")],
  ["one published otherwise than by the rule", toldExample("milton-keynes-2021")],
  ["one with discretion", after("ExerciseDiscretion")],
  ["one whose first domain was decided", after("DecideDomainOne")],
])("names every standard whose rating a fact changes, in %s", (_, events) => {
  const known = new Map<string, string>();
  dossierOf(events, (dossier, { event }) => {
    const { framework } = dossier.briefing;
    if (!framework) return;
    const codes = framework.standards.map(({ code }) => code);
    const touched = ratingActOf(event)?.touches(event, codes) ?? [];
    for (const code of codes) {
      const standard = standardIn(framework, code)!;
      const { rule, rating, decidedBy, proposed } = computeStandard(standard, dossier, framework);
      const now = JSON.stringify([rule, rating, decidedBy, proposed]);
      if (known.has(code) && known.get(code) !== now) expect(touched).toContain(code);
      known.set(code, now);
    }
  });
  expect(known.size).toBeGreaterThan(0);
});
