import { sampleOf } from "@assay/spec/assessing.ts";
import {
  type AboutMembers,
  because as reason,
  consider,
  handOver,
  open,
  recuse,
  seal,
  sit,
  vote,
} from "@assay/spec/panel-requests.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { sealAll } from "@assay/spec/specimens-panel.ts";
import type { World } from "@assay/spec/world.ts";

const by = people.chair;
const present = panelMembers;

const considerLarge = (world: World): void => void world.tell(by, consider("2.1"));
const recused =
  (...standards: string[]) =>
  (world: World): void =>
    void world.tell(people.member, recuse(people.member.id, ...standards));
const joinTeam = (world: World): void =>
  void world.tell(people.scheduler, {
    type: "AssignTeam",
    team: [
      { person: people.lead.id, role: "lead-inspector" },
      { person: people.member.id, role: "inspector" },
    ],
  });

const table: Refusals<AboutMembers> = {
  NotInThisPhase: [
    {
      at: "assessed",
      by,
      ask: sit(panelMembers),
      says: { now: "fieldwork", first: "FieldworkClosed" },
    },
    {
      at: "sitting",
      by,
      ask: sit(panelMembers.slice(0, 3)),
      says: { now: "the panel is sitting" },
    },
  ],
  TooFewForQuorum: [
    {
      at: "fieldwork-closed",
      by,
      ask: sit(panelMembers.slice(0, 2)),
      says: { present: 2, quorum: 3 },
    },
    {
      at: "sitting",
      by,
      ask: { ...consider("2.1"), present: panelMembers.slice(0, 2) },
    },
    {
      at: "decided",
      by,
      ask: { type: "ConcludePanel", present: panelMembers.slice(0, 2) },
    },
  ],
  WorkedOnTheInspection: [
    {
      at: "fieldwork-closed",
      by,
      ask: sit([...panelMembers, people.inspector.id]),
      says: { people: [people.inspector.id] },
    },
    { at: "sitting", before: joinTeam, by, ask: handOver("mina"), says: { people: ["mina"] } },
    { at: "sitting", before: joinTeam, by, ask: consider("2.1"), says: { people: ["mina"] } },
    {
      at: "fieldwork-closed",
      before: (world) => {
        const to = people.member.id;
        const id = sampleOf(world)[0]!;
        world.tell(people.quality, { type: "AssignSecondMarking", case: id, to });
      },
      by,
      ask: sit(panelMembers),
      says: { people: [people.member.id] },
    },
  ],
  ChairNotAMember: [{ at: "fieldwork-closed", by, ask: sit(panelMembers.slice(1)) }],
  AlreadyTheChair: [{ at: "sitting", by, ask: handOver(people.chair.id) }],
  ChairMustSit: [{ at: "sitting", by, ask: recuse(people.chair.id) }],
  NotAMember: [
    { at: "sitting", by, ask: recuse("nobody"), says: { people: ["nobody"] } },
    { at: "sitting", by, ask: handOver("nobody"), says: { people: ["nobody"] } },
    { at: "sitting", by, ask: { ...consider("2.1"), present: ["cleo", "mina", "nobody"] } },
  ],
  Recused: [
    { at: "sitting", before: recused(), by, ask: handOver("mina"), says: { people: ["mina"] } },
    { at: "sitting", before: recused("2.1"), by, ask: consider("2.1"), says: { people: ["mina"] } },
    { at: "sitting", before: recused("2.1"), by: people.member, ask: vote("2.1") },
    { at: "sitting", before: recused("2.1"), by: people.member, ask: seal("2.1") },
    {
      at: "sitting",
      before: recused("2.1"),
      by: people.member,
      ask: { type: "RecordDissent", standard: "2.1", reason },
    },
    {
      at: "sitting",
      before: (world) => {
        sealAll(world);
        recused("3.1")(world);
      },
      by: people.member,
      ask: open("3.1"),
    },
    {
      at: "sitting",
      before: (world) => {
        recused("2.1")(world);
        recused("2.2")(world);
      },
      by,
      ask: consider("2.1"),
    },
    {
      at: "decided",
      before: recused(),
      by,
      ask: { type: "ConcludePanel", present },
      says: { people: ["mina"] },
    },
  ],
  NotForAnother: [
    { at: "sitting", by: people.member, ask: recuse("milo"), says: { member: "milo" } },
  ],
  NamedTwice: [
    { at: "fieldwork-closed", by, ask: sit([...panelMembers, "mina"]), says: { person: "mina" } },
    { at: "sitting", by, ask: { ...consider("2.1"), present: ["cleo", "mina", "mina"] } },
  ],
  ScoresStillSealed: [
    {
      at: "sitting",
      before: (world) => void world.tell(people.member, seal("2.1")),
      by,
      ask: consider("2.1"),
      says: { members: ["mina"] },
    },
    {
      at: "sitting",
      before: (world) => void world.tell(people.member, seal("2.1")),
      by: people.member,
      ask: open("2.1", "Outstanding"),
      says: { members: ["cleo", "milo", "mona"] },
    },
  ],
  SealDoesNotMatch: [
    { at: "sitting", before: sealAll, by: people.member, ask: open("3.1", "Outstanding") },
  ],
  NotSealed: [{ at: "sitting", by: people.member, ask: open("2.1") }],
  AlreadyConsidered: [
    { at: "sitting", before: considerLarge, by: people.member, ask: seal("2.1") },
  ],
  AlreadySealedOtherwise: [
    {
      at: "sitting",
      before: sealAll,
      by: people.member,
      ask: seal("3.1"),
      says: { standard: "3.1" },
    },
  ],
  SealOfAnother: [
    {
      at: "sitting",
      before: (world) => void world.tell(people.secondMember, seal("2.1")),
      by: people.member,
      ask: seal("2.1"),
      says: { standard: "2.1" },
    },
  ],
};

testRefusals(table);
