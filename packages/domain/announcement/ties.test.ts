import { people, service, team } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { fieldworkDays } from "@assay/spec/story.ts";
import type { World } from "@assay/spec/world.ts";

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

const table: Pick<Refusals<InspectionRefusal>, "TiedToTheService"> = {
  TiedToTheService: [
    {
      at: "unscheduled",
      before: planned,
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
