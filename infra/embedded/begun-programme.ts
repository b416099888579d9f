/** A made-up programme with a proposed schedule, for a person to change and to confirm. */
import { type CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { CommandId } from "@assay/domain/kernel/ids.ts";
import { addDays, addMonths, type Day, type Instant } from "@assay/domain/kernel/instants.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import { people } from "@assay/domain/reconstruction/story.ts";

export const madeUpProgramme = "made-up-cycle";

const regions = ["North", "Midlands", "Wales", "South"] as const;

const towns = [
  ["Aldermere", 310, 42, 50],
  ["Birkthorpe", 64, 71, 38],
  ["Cressing", 145, 55, 61],
  ["Dovecombe", 28, 80, 30],
  ["Elmstead", 420, 33, 44],
  ["Foxhollow", 92, 64, undefined],
  ["Grendale", 210, 49, 57],
  ["Holmwick", 37, 90, 27],
  ["Inverleigh", 130, 25, 70],
  ["Kingsmoor", 75, 58, 41],
] as const;

const month = (today: Day): Day => `${addMonths(today, 3).slice(0, 7)}-01` as Day;

const { framework } = versions.at(-1)!;

const services = (first: Day) =>
  towns.map(([town, caseload, performance, months], place) => ({
    id: town.toLowerCase(),
    name: `${town} (made up)`,
    region: regions[place % regions.length]!,
    caseload,
    performance,
    ...(months !== undefined && { lastInspected: addMonths(first, -months) }),
    framework: framework.id,
    kind: framework.kinds[place % framework.kinds.length]!.id,
  }));

/** The people of the other made-up inspections, and as many more as a programme needs. */
const inspectors = (first: Day) =>
  [
    people.lead.id,
    "lead-inspector-2",
    "lead-inspector-3",
    "lead-inspector-4",
    ...Array.from({ length: 18 }, (_, place) => `inspector-${place + 1}`),
  ].map((id, place) => ({
    id,
    canLead: id.startsWith("lead"),
    homeArea: regions[(place * 3) % regions.length]!,
    employers: place % 6 === 5 ? [towns[place % towns.length]![0].toLowerCase()] : [],
    away:
      place % 4 === 3
        ? [{ first: addDays(first, 20 + place), last: addDays(first, 34 + place) }]
        : [],
  }));

type Asked = { readonly by: Actor; readonly command: Readonly<Record<string, unknown>> };

const asked = (today: Day): readonly Asked[] => {
  const first = month(today);
  const period = { first, last: addDays(addMonths(first, 9), -1) };
  return [
    {
      by: people.head,
      command: { type: "OpenProgramme", name: "The next cycle (made up)", period },
    },
    { by: people.scheduler, command: { type: "EnrolServices", services: services(first) } },
    {
      by: people.scheduler,
      command: { type: "RegisterInspectors", inspectors: inspectors(first) },
    },
    { by: people.scheduler, command: { type: "ProposeSchedule" } },
  ];
};

/** As envelopes whose ids follow from the day, so that they may be sent again. */
export const programmeLines = (today: Day, at: Instant): readonly CommandEnvelope[] =>
  asked(today).map(({ by, command }) => {
    const id = CommandId.parse(uuidFrom(`${madeUpProgramme}/${today}/${String(command["type"])}`));
    return {
      id,
      correlationId: uuidFrom(`story/${madeUpProgramme}`),
      causationId: id,
      command: { ...command, type: String(command["type"]), programme: madeUpProgramme, at, by },
    };
  });
