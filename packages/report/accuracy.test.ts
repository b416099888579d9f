import { panelMembers, people } from "@assay/spec/people.ts";
import { decideByRule } from "@assay/spec/deciding.ts";
import { recordedIn } from "@assay/spec/examples.ts";
import { commentAndReturn } from "@assay/spec/specimens-publication.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { expect, it } from "vitest";

import { accuracyPage, accuracyRoundOf } from "./accuracy.ts";

const { lead, chair } = people;

it("says what was commented, what was answered, and what changed from which words to which", () => {
  const world = worldAt("shared");
  commentAndReturn(world);
  const answer = "Quite so." as const;
  world.tell(lead, {
    type: "AnswerComment",
    comment: "comment-one",
    outcome: "accepted",
    answer,
    standards: ["3.1"],
  });
  world.settle();
  decideByRule(world, "3.1");
  world.tell(chair, { type: "ConcludePanel", present: panelMembers });
  world.tell(lead, { type: "DraftSection", section: "background", markdown: "Put right." });
  world.tell(lead, { type: "WithdrawRecommendation", number: 1, reason: "Done already." });
  const round = accuracyRoundOf(recordedIn(world));
  expect(round).toMatchObject({ sent: "2021-06-14", due: "2021-06-28" });
  expect(round.comments).toMatchObject([
    {
      comment: "comment-one",
      answer: { outcome: "accepted", wording: answer, standards: ["3.1"] },
    },
  ]);
  expect(round.changes).toMatchObject([
    { what: "Background", before: "About background.", after: "Put right." },
    { what: "Recommendation 1", before: "The management board: Do better.", after: undefined },
  ]);
  const page = accuracyPage(round);
  expect(page).toContain("*Accepted:* Quite so. The panel decided anew on 3.1.");
  expect(page).toContain("> About background.");
});

it("names a rating that the panel moved because of a fact", () => {
  const world = worldAt("commented");
  world.tell(people.head, { type: "ReconvenePanel", standards: ["3.1"], reason: "A fact" });
  const present = panelMembers;
  world.tell(chair, { type: "ConsiderStandard", standard: "3.1", present });
  const moved = { standard: "3.1", to: "Good", present, reason: "The fact" } as const;
  world.tell(chair, { type: "ExerciseDiscretion", ...moved });
  world.tell(chair, { type: "ConcludePanel", present });
  const { changes } = accuracyRoundOf(recordedIn(world));
  expect(changes.find(({ what }) => what === "Rating of 3.1")).toMatchObject({ after: "Good" });
});

it("has nothing to say before the draft is sent", () => {
  const round = accuracyRoundOf(recordedIn(worldAt("drafted")));
  expect(round).toMatchObject({ sent: undefined, due: undefined, comments: [], changes: [] });
  expect(accuracyPage(round)).toBe("The draft has not gone to the service.\n");
});
