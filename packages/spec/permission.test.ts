import { readFileSync } from "node:fs";
import { join } from "node:path";

import { FrameworkCommand } from "@assay/domain/announcement/adoption/commands.ts";
import { framework } from "@assay/domain/announcement/adoption/decide.ts";
import { programme } from "@assay/domain/announcement/programme/decide.ts";
import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { assessmentPermissions } from "@assay/domain/fieldwork/assessment/commands.ts";
import {
  Actor,
  assay,
  forbids,
  type Grant,
  type Permissions,
  type Relation,
  Role,
} from "@assay/domain/kernel/actor.ts";
import { fold } from "@assay/domain/kernel/decider.ts";
import { permissionsPage } from "@assay/domain/permissions-page.ts";
import {
  commandPermissions as permissions,
  permissionParts,
  readingPermissions,
} from "@assay/domain/permissions.ts";
import { panelPermissions } from "@assay/domain/panel/commands.ts";
import { ReminderCommand } from "@assay/domain/reminders/commands.ts";
import { publicationPermissions } from "@assay/domain/publication/commands.ts";
import { describe, expect, it } from "vitest";

import { assessorOf } from "./assessing.ts";
import { frameworkAsked } from "./framework-requests.ts";
import { pageSays } from "./permission-page.ts";
import { people, service } from "./people.ts";
import { programmeAsked } from "./programme-requests.ts";
import { askedOf, type Specimen, stageOf } from "./specimen.ts";
import { specimens } from "./specimens.ts";
import { firstCase } from "./specimens-assessment.ts";
import { type Stage, stages } from "./stages.ts";
import type { Asked, World } from "./world.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/permissions.md"), "utf8");
const said = pageSays(page);

const reached = (specimen: Specimen, stage: Stage): boolean =>
  stages.indexOf(specimen.at) >= stages.indexOf(stage);

/** How these people stand to the inspection of every story, written down by hand. */
const standing = (type: string, specimen: Specimen, world: World) => {
  const about = type in assessmentPermissions ? firstCase(world) : undefined;
  const scheduled = specimen.at !== "unscheduled";
  const team = scheduled ? (["team", "worked"] as const) : [];
  const assessor = about ? assessorOf(world, about).id : undefined;
  const told = new Set(world.facts("assessment").map((fact) => fact.type));
  const judged = told.has("JudgementRecorded");
  const second = told.has("SecondMarkingAssigned");
  const wrote = world.facts("publication").some(({ by }) => by.id === people.lead.id);
  const delegated = type === "EndDelegation";
  const sits = reached(specimen, "sitting") ? (["panel"] as const) : [];
  const drafting = type in publicationPermissions && wrote ? (["drafted"] as const) : [];
  const marks = about && judged ? (["first-marker"] as const) : [];
  return {
    [people.lead.id]: [...team, ...(scheduled ? (["lead"] as const) : []), ...drafting],
    [people.deputy.id]: [...team, ...(delegated ? (["lead"] as const) : [])],
    [assessor ?? people.inspector.id]: [
      ...team,
      ...(about ? (["allocated"] as const) : []),
      ...marks,
    ],
    [people.quality.id]: about && second ? (["second-marker"] as const) : [],
    [people.chair.id]:
      sits.length > 0 && type in panelPermissions ? [...sits, "chair" as const] : [],
    [people.member.id]: type in panelPermissions ? sits : [],
    [people.chief.id]: [],
    nobody: [],
  } satisfies Record<string, readonly Relation[]>;
};

type Disagreement = {
  readonly id: string;
  readonly role: Role;
  readonly held: readonly Relation[];
  readonly permitted: boolean;
};

/** Where the step's own answer is not what the page says: everybody in every role is asked. */
const disagreements = (type: Asked["type"]): readonly Disagreement[] => {
  const specimen = specimens[type];
  const world = stageOf(specimen);
  const asked = askedOf(specimen, world);
  return Object.entries(standing(type, specimen, world)).flatMap(([id, held]) =>
    Role.options.flatMap((role) =>
      (type === "ScheduleInspection" ? [false] : [false, true]).flatMap((provides) => {
        const by = Actor.parse({ id, role, ...(provides && { service: service.id }) });
        const answer = world.weigh(by, asked, specimen.when);
        const permitted = answer.accepted || answer.refusal.reason !== "NotPermitted";
        const stands = provides ? [...held, "provider" as const] : held;
        const expected = said(type, role, stands);
        return permitted === expected ? [] : [{ id, role, held: stands, permitted }];
      }),
    ),
  );
};

const programmeDisagreements = (type: ProgrammeCommand["type"]): readonly Disagreement[] => {
  const opening = programme.decide(
    programmeAsked("OpenProgramme", people.head),
    fold(programme, []),
    [],
  );
  const state = fold(programme, opening.accepted ? opening.events : []);
  return Role.options.flatMap((role) => {
    const by = Actor.parse({ id: "somebody", role });
    const answer = programme.decide(programmeAsked(type, by), state, []);
    const permitted = answer.accepted || answer.refusal.reason !== "NotPermitted";
    return permitted === said(type, role, []) ? [] : [{ id: by.id, role, held: [], permitted }];
  });
};

const frameworkDisagreements = (type: FrameworkCommand["type"]): readonly Disagreement[] =>
  Role.options.flatMap((role) => {
    const by = Actor.parse({ id: "somebody", role });
    const answer = framework.decide(frameworkAsked(type, by), fold(framework, []), []);
    const permitted = answer.accepted || answer.refusal.reason !== "NotPermitted";
    return permitted === said(type, role, []) ? [] : [{ id: by.id, role, held: [], permitted }];
  });

/** Does something with the table changed, and puts it back whatever comes of it. */
const planted = <Found>(
  type: keyof typeof permissions,
  change: (grants: readonly Grant[]) => readonly Grant[],
  look: () => Found,
): Found => {
  const part = Object.values(permissionParts).find((each) => type in each);
  const table = part as unknown as Record<string, readonly Grant[]>;
  const held = table[type]!;
  table[type] = change(held);
  try {
    return look();
  } finally {
    table[type] = held;
  }
};

describe("the page", () => {
  it("is what the table says, row by row", () => {
    expect(lean(page)).toBe(lean(permissionsPage()));
  });

  it("has a row for every command that a step takes", () => {
    const taken = [
      ...Object.keys(specimens),
      ...FrameworkCommand.options.map(({ shape }) => shape.type.value),
      ...ProgrammeCommand.options.map(({ shape }) => shape.type.value),
      ...ReminderCommand.options.map(({ shape }) => shape.type.value),
    ];
    expect(Object.keys(permissions).toSorted()).toEqual(taken.toSorted());
  });

  it("agrees with the table for every role under every combination of the relations named", () => {
    for (const [table, name] of everyRow())
      for (const role of Role.options)
        for (const held of subsets(relationsNamed(table[name] ?? [])))
          expect([name, role, held, isPermitted(table, name, role, held)]).toEqual([
            name,
            role,
            held,
            said(name, role, held),
          ]);
  });
});

/** Without what a formatter adds to a table. */
const lean = (markdown: string): string =>
  markdown.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---").trim();

const everyRow = (): readonly (readonly [Permissions<string>, string])[] => [
  ...Object.keys(permissions).map((name) => [permissions, name] as const),
  ...Object.keys(readingPermissions).map((name) => [readingPermissions, name] as const),
];

const relationsNamed = (grants: readonly Grant[]): readonly Relation[] => [
  ...new Set(grants.flatMap(({ only = [], never = [] }) => [...only, ...never])),
];

const subsets = (relations: readonly Relation[]): readonly (readonly Relation[])[] =>
  relations.reduce<readonly (readonly Relation[])[]>(
    (found, relation) => [...found, ...found.map((each) => [...each, relation])],
    [[]],
  );

const isPermitted = (
  table: Permissions<string>,
  type: string,
  role: Role,
  held: readonly Relation[],
): boolean => forbids(table, { type, by: { ...assay, role } }, held) === undefined;

describe.each(Object.keys(specimens) as Asked["type"][])("%s", (type) => {
  it("is asked of every role as the page says, whoever they are", () => {
    expect(disagreements(type)).toEqual([]);
  });

  it("is never for somebody who only looks on, nor for a role without its relation", () => {
    const every = relationsNamed(Object.values(permissions).flat());
    for (const held of [[], ...every.map((relation) => [relation]), every])
      expect(isPermitted(permissions, type, "auditor", held)).toBe(false);
    for (const role of ["lead-inspector", "inspector", "panel-member", "provider-user"] as const)
      expect(isPermitted(permissions, type, role, [])).toBe(false);
  });
});

describe.each(ProgrammeCommand.options.map(({ shape }) => shape.type.value))("%s", (type) => {
  it("is asked of every role as the page says", () => {
    expect(programmeDisagreements(type)).toEqual([]);
  });
});

describe.each(FrameworkCommand.options.map(({ shape }) => shape.type.value))("%s", (type) => {
  it("is asked of every role as the page says", () => {
    expect(frameworkDisagreements(type)).toEqual([]);
  });
});

describe("a hole planted in the table", () => {
  const auditors = (grants: readonly Grant[]): readonly Grant[] => [...grants, { role: "auditor" }];
  const unconditional = (grants: readonly Grant[]): readonly Grant[] =>
    grants.map(({ role }) => ({ role }));
  const fewer = (grants: readonly Grant[]): readonly Grant[] => grants.slice(1);

  it.each([
    "DrawSample",
    "CloseFieldwork",
    "RecordJudgement",
    "CastVote",
    "SignOffReport",
  ] as const)("in %s is found by asking the step", (type) => {
    expect(planted(type, auditors, () => disagreements(type))).not.toEqual([]);
    expect(planted(type, fewer, () => disagreements(type))).not.toEqual([]);
    if (type === "DrawSample") return;
    expect(planted(type, unconditional, () => disagreements(type))).not.toEqual([]);
  });

  it("in a programme's row is found too", () => {
    const look = () => programmeDisagreements("ConfirmSchedule");
    expect(planted("ConfirmSchedule", auditors, look)).not.toEqual([]);
    expect(planted("ConfirmSchedule", fewer, look)).not.toEqual([]);
  });

  it("in a framework's row is found too", () => {
    const look = () => frameworkDisagreements("AdoptFramework");
    expect(planted("AdoptFramework", auditors, look)).not.toEqual([]);
    expect(planted("AdoptFramework", fewer, look)).not.toEqual([]);
  });

  it("in any row changes the page", () => {
    for (const type of Object.keys(permissions) as (keyof typeof permissions)[])
      for (const change of [auditors, fewer])
        expect(planted(type, change, () => lean(permissionsPage()))).not.toBe(lean(page));
  });
});
