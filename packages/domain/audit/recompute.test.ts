import { stageOf, sendSpecimen } from "@assay/spec/specimen.ts";
import { specimens } from "@assay/spec/specimens.ts";
import { expect, it } from "vitest";

import type { AnyFact } from "../facts.ts";
import { conductIn } from "./recompute.ts";

it("says of a draw who drew it again, once somebody has", () => {
  const world = stageOf(specimens.CountersignDraw);
  const conduct = () => conductIn(world.facts() as readonly AnyFact[]);
  expect(conduct()).not.toHaveProperty("countersigned");
  sendSpecimen(specimens.CountersignDraw, world);
  expect(conduct()).toMatchObject({
    countersigned: { on: world.now.slice(0, 10), equal: true },
  });
});
