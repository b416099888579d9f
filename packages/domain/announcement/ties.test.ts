import { people, service, team } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { fieldworkDays } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";
import { expect, it } from "vitest";

import type { InspectionRefusal } from "./commands.ts";

const schedule = {
  type: "ScheduleInspection",
  service,
  framework: "yos-2018",
  fieldwork: fieldworkDays,
  team,
} as const;
const tied = (id: string, tie: { homeArea?: string; employers?: readonly string[] }) => ({
  ...{ id, canLead: false, away: [], employers: [] },
  ...tie,
});
const neighbour = { person: "nell", role: "inspector" } as const;
const former = { person: "fred", role: "inspector" } as const;
const other = { person: "otis", role: "inspector" } as const;

/** The programme of the story, with what it knows of services and people. */
const planned = (world: World): void => {
  const [at, by, programme] = [world.now, people.head, "cycle-one"] as const;
  const period = { first: "2021-01-04", last: "2024-12-31" };
  const known = { region: "Mercia", caseload: 90, performance: 50 };
  world.send({ type: "OpenProgramme", at, by, programme, name: "First cycle", period });
  const services = [{ ...service, ...known }];
  world.send({ type: "EnrolServices", at, by, programme, services });
  const inspectors = [
    tied("nell", { homeArea: "Mercia" }),
    tied("fred", { employers: ["sandford"] }),
    tied("otis", { homeArea: "Wessex", employers: ["elsewhere"] }),
  ];
  world.send({ type: "RegisterInspectors", at, by, programme, inspectors });
};

const confirmed = (world: World): void => {
  planned(world);
  const [at, by, programme] = [world.now, people.head, "cycle-one"] as const;
  const inspectors = ["ada", "abe", "amy"].map((id) => ({ ...tied(id, {}), canLead: true }));
  world.send({ type: "RegisterInspectors", at, by, programme, inspectors });
  for (const type of ["ProposeSchedule", "ConfirmSchedule"] as const)
    expect([type, world.send({ type, at, by, programme })]).toMatchObject([
      type,
      { accepted: true },
    ]);
};

const table: Pick<Refusals<InspectionRefusal>, "TiedToTheService"> = {
  TiedToTheService: [
    {
      at: "unscheduled",
      before: confirmed,
      by: people.scheduler,
      ask: { ...schedule, programme: "cycle-one", team: [...team, neighbour] },
      says: { person: "nell", service: "sandford", because: "home-area" },
    },
    {
      at: "scheduled",
      before: planned,
      by: people.scheduler,
      ask: { type: "AssignTeam", team: [team[0], former] },
      says: { person: "fred", service: "sandford", because: "former-employer" },
    },
    {
      // What the programme learns later counts; and nobody is untied by leaving the planning.
      at: "notified",
      before: (world) => {
        planned(world);
        world.tell(people.scheduler, { type: "AssignTeam", team: [team[0], other] });
        const by = people.scheduler;
        const { now: at } = world;
        const programme = "cycle-one";
        for (const command of [
          { type: "RegisterInspectors", inspectors: [tied("otis", { homeArea: "Mercia" })] },
          { type: "ReleaseInspector", inspector: "otis" },
        ] as const)
          world.send({ ...command, at, by, programme });
      },
      by: people.scheduler,
      ask: { type: "AssignTeam", team: [team[0], team[1], other] },
      says: { person: "otis", because: "home-area" },
    },
  ],
};

testRefusals(table);

it("schedules an inspection of a programme only once its schedule is confirmed", () => {
  const { scheduler } = people;
  const asked = { ...schedule, programme: "cycle-one" } as const;
  const prepared = worldAt("unscheduled");
  planned(prepared);
  expect(prepared.ask(scheduler, asked)).toMatchObject({
    refusal: { reason: "NotInThisPhase", phase: "programme prepared", first: "ScheduleProposed" },
  });
  expect(prepared.ask(scheduler, schedule)).toMatchObject({ accepted: true });
  const whole = worldAt("unscheduled");
  confirmed(whole);
  expect(whole.ask(scheduler, asked)).toMatchObject({ accepted: true });
  // Where nothing of the programme is known, such as in a bundle, nothing bars it.
  expect(worldAt("unscheduled").ask(scheduler, asked)).toMatchObject({ accepted: true });
});
