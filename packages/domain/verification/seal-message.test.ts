import { mapTexts } from "@assay/domain/kernel/text-places.ts";
import { rulesFor } from "@assay/spec/rules.ts";
import { askedOf, senderOf, stageOf } from "@assay/spec/specimen.ts";
import { specimens } from "@assay/spec/specimens.ts";
import { describe, expect, it } from "vitest";

import { askedFor, type Told } from "./asked.ts";
import { partedOf } from "./seal-message.ts";

describe("what a seal signs", () => {
  it.each(Object.entries(specimens))("of %s is read back from its facts", (_, specimen) => {
    const world = stageOf(specimen);
    const asked = askedOf(specimen, world);
    const by = senderOf(specimen, world);
    const stamp = { at: specimen.when ?? world.now, by, inspection: world.inspection };
    const command = { ...asked, ...stamp };
    const answer = world.ask(by, asked, specimen.when);
    if (!answer.accepted) throw new Error(JSON.stringify(answer));
    const facts = answer.events.map((fact) => mapTexts(fact, () => ({ erased: true })) as Told);
    const { name } = rulesFor(asked.type);
    const told = askedFor(name as never, facts, world.inspection).map(
      (each) => partedOf(each).said,
    );
    expect(told).toContainEqual(partedOf(command).said);
  });
});
