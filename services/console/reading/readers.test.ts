import { Actor, type Role } from "@assay/domain/kernel/actor.ts";
import type { Reading } from "@assay/domain/permissions.ts";
import { otherService, people, service } from "@assay/spec/people.ts";
import { type Stage, worldAt } from "@assay/spec/stages.ts";
import { describe, expect, it } from "vitest";

import { heldIn } from "../contract/held-in.ts";
import type { Held } from "./held.ts";
import { admission, assertEveryPathHasReaders, readers } from "./readers.ts";
import { mayRead, type Viewer } from "./viewer.ts";

const everything: readonly Reading[] = [
  "inspection",
  "sample",
  "cases",
  "panel",
  "ratings",
  "report",
  "history",
];

const heldAt = (stage: Stage): Held => heldIn(worldAt(stage));

const as = (id: string, role: Role, own?: string): Viewer => {
  const actor = Actor.parse({ id, role, ...(own !== undefined && { service: own }) });
  return { kind: "person", actor, name: id };
};
const seen = (viewer: Viewer, held: Held): readonly Reading[] =>
  everything.filter((what) => mayRead(viewer, what, held));

const withoutCases = everything.filter((what) => what !== "cases" && what !== "history");

describe("what of an inspection is shown", () => {
  it.each([
    ["its lead", as(people.lead.id, "lead-inspector"), everything],
    ["its inspector", as(people.inspector.id, "inspector"), everything],
    ["an inspector of another", as("elsewhere", "inspector"), []],
    ["its inspector in a panel's role", as(people.inspector.id, "panel-member"), []],
    ["a member of its panel", as(people.member.id, "panel-member"), everything],
    ["a member of another panel", as("elsewhere", "panel-member"), []],
    ["a panel's chair, who convenes it", as("elsewhere", "panel-chair"), everything],
    ["an auditor", as("ada", "auditor"), everything],
    ["the head of programme", as("hugo", "head-of-programme"), everything],
    ["a scheduler", as("sami", "scheduler"), withoutCases],
    ["a publications officer", as("otto", "publications-officer"), withoutCases],
    ["its service, before the draft", as("pete", "provider-user", service.id), ["inspection"]],
    ["another service", as("olga", "provider-user", otherService.id), []],
    ["a manager of no service", as("nobody", "provider-user"), []],
    ["Assay itself, as whom nobody signs in", as("assay", "system"), []],
    ["the public", { kind: "public" } as const, []],
  ])("to %s", (_, viewer, expected) => {
    expect(seen(viewer, heldAt("concluded"))).toEqual(expected);
  });

  it("to the service: ratings and report once the draft was sent, never cases", () => {
    const manager = as("pete", "provider-user", service.id);
    const before: readonly Stage[] = ["announced", "opened", "sitting", "concluded", "drafted"];
    for (const stage of before) expect(seen(manager, heldAt(stage))).toEqual(["inspection"]);
    for (const stage of ["shared", "signed", "published", "closed"] as const)
      expect(seen(manager, heldAt(stage))).toEqual(["inspection", "ratings", "report"]);
    expect(seen(as("olga", "provider-user", otherService.id), heldAt("closed"))).toEqual([]);
  });

  it("to a second marker: no rating, board or history until their own marking is done", () => {
    const world = worldAt("assessed");
    const id = [...heldIn(world).fieldwork.files.keys()][0]!;
    const marker = people.quality;
    world.tell(marker, { type: "AssignSecondMarking", case: id, to: marker.id });
    const held = heldIn(world);
    const expected = ["inspection", "sample", "cases"];
    expect(seen(as(marker.id, "quality-lead"), held)).toEqual(expected);
    expect(seen(as("another", "quality-lead"), held)).toEqual(everything);
  });
});

describe("the paths", () => {
  const held = heldAt("concluded");
  const paths = Object.keys(readers);

  it("are open to the public only where they say so", () => {
    const open = paths.filter((path) => admission(path, { kind: "public" }, held) === "admitted");
    expect(open.filter((path) => /inspections|events|cases|duties|commands/.test(path))).toEqual(
      [],
    );
    expect(open).toContain("/public/:inspection");
  });

  it("are closed to everybody where nothing is said, and where there is no such inspection", () => {
    expect(admission("/new", as("ada", "auditor"), held)).toBe("not-for-them");
    for (const path of paths.filter((each) => /^\/(api\/v1\/)?inspections\/:/.test(each)))
      expect(admission(path, as("ada", "auditor"), undefined)).toBe("not-for-them");
    expect(() => assertEveryPathHasReaders(["/", "/new"])).toThrow("/new");
  });

  it("show an inspector of another inspection nothing of this one", () => {
    const other = as("elsewhere", "inspector");
    const shown = paths.filter(
      (path) => path.includes(":inspection") && admission(path, other, held) === "admitted",
    );
    expect(shown).toContain("/public/:inspection");
    const byLink = "/copies/:inspection/:token";
    expect(shown.filter((path) => !path.startsWith("/public/"))).toEqual([byLink]);
  });
});
