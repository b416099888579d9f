/** One inspection's people, at least one in each role, under names that read well in a story. */
import { Actor, type Role } from "@assay/domain/kernel/actor.ts";

const person = (id: string, role: Role, service?: string): Actor =>
  Actor.parse({ id, role, ...(service !== undefined && { service }) });

/** The inspected service, and another whose manager and local assessor appear in stories. */
export const service = { id: "sandford", name: "Sandford Youth Justice Service" };
export const otherService = { id: "elsewhere", name: "Elsewhere Youth Justice Service" };

export const people = {
  scheduler: person("sami", "scheduler"),
  lead: person("lena", "lead-inspector"),
  deputy: person("dora", "deputy-lead-inspector"),
  inspector: person("iris", "inspector"),
  colleague: person("ivan", "inspector"),
  assistant: person("asta", "assistant-inspector"),
  localAssessor: person("lars", "local-assessor"),
  quality: person("quinn", "quality-lead"),
  analyst: person("anna", "research-analyst"),
  chair: person("cleo", "panel-chair"),
  member: person("mina", "panel-member"),
  secondMember: person("milo", "panel-member"),
  thirdMember: person("mona", "panel-member"),
  head: person("hugo", "head-of-programme"),
  chief: person("cora", "chief-inspector"),
  officer: person("otto", "publications-officer"),
  provider: person("pete", "provider-user", service.id),
  otherProvider: person("olga", "provider-user", otherService.id),
  auditor: person("ada", "auditor"),
} as const satisfies Record<string, Actor>;

export const team = [
  { person: people.lead.id, role: "lead-inspector" },
  { person: people.deputy.id, role: "deputy-lead-inspector" },
  { person: people.inspector.id, role: "inspector" },
  { person: people.colleague.id, role: "inspector" },
  { person: people.assistant.id, role: "assistant-inspector" },
  { person: people.localAssessor.id, role: "local-assessor", homeService: otherService.id },
] as const;

/** Who sits on the panel: one more than the quorum, so that one may be recused. */
export const panelMembers = [
  people.chair.id,
  people.member.id,
  people.secondMember.id,
  people.thirdMember.id,
] as const;
