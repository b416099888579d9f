import { recordedIn } from "@assay/spec/examples.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { expect, it } from "vitest";

import { knownVersions } from "./difference.ts";
import { render } from "./explanation.ts";
import { compareVersions, tellVersions } from "./tell-versions.ts";

const reason = "A fact was wrong, so the panel weighed the numbers anew.";

it("compares draft, published and corrected versions, each by what was known on its day", () => {
  const world = worldAt("closed");
  const present = panelMembers;
  world.tell(people.head, { type: "ReconvenePanel", standards: ["3.1"], comments: [], reason });
  world.tell(people.chair, { type: "ConsiderStandard", standard: "3.1", present });
  const moved = { standard: "3.1", to: "Good", present, reason } as const;
  world.tell(people.chair, { type: "ExerciseDiscretion", ...moved });
  world.tell(people.chair, { type: "ConcludePanel", present });
  world.tell(people.chief, { type: "IssueCorrection", what: "3.1.", why: reason });
  const compared = compareVersions(knownVersions(recordedIn(world)));
  const ratings = compared.map(({ version, ratings: known }) => [
    version,
    known?.standards.find(({ standard }) => standard === "3.1")?.rating,
  ]);
  expect(ratings).toEqual([
    ["draft", "Outstanding"],
    [1, "Outstanding"],
    [2, "Good"],
  ]);
  expect(compared.map(({ since }) => since?.standards.map(({ standard }) => standard))).toEqual([
    undefined,
    [],
    ["3.1"],
  ]);
  const told = render(tellVersions(compared), { as: "plain", facts: false });
  expect(told).toContain("The report exists in 3 versions, drafts included.");
  expect(told).toContain("Nothing that bears on a rating changed. The total did not change.");
  expect(told).toMatch(/Version 2 was published on .*: 31 of 36/);
  expect(told).toContain("1 standard changed. The total went from 32 (Outstanding) to 31");
});
