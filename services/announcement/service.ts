/** The announcement service: plans, schedules, announces, draws, and reminds who is late. */
import { frameworkUnder } from "@assay/domain/announcement/adoption/decide.ts";
import { inspectionUnder } from "@assay/domain/announcement/decide.ts";
import { erasureFlow } from "@assay/domain/announcement/erasure/flow.ts";
import { announcementFlow } from "@assay/domain/announcement/flow.ts";
import { type Versions, versions as ours } from "@assay/domain/framework/versions.ts";
import { AnyFact } from "@assay/domain/facts.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { atRhythm, linkedBy } from "@assay/domain/reminders/decide.ts";
import { type Rhythm, usualRhythm } from "@assay/domain/reminders/state.ts";
import { ReminderEvent } from "@assay/domain/reminders/events.ts";
import { remindersFlow } from "@assay/domain/reminders/flow.ts";
import { registry } from "@assay/domain/steps.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { defineService, flowOf, type ServiceDefinition } from "@assay/host/definition.ts";
import { isScheduled } from "@assay/host/read-inspection.ts";
import { rulesOf } from "@assay/host/rules.ts";

import { digestFor } from "./links.ts";
import { withNonce, withRenewals } from "./nonce.ts";
import { bothFlows } from "./flows.ts";
import type { Delivery } from "./reminding.ts";

export type AnnouncementOptions = {
  /** From which every inspection's nonce is derived; at least 32 bytes, and never changed. */
  readonly secret: Uint8Array;
  /** The framework versions that may be named; Assay's own by default. */
  readonly versions?: Versions;
  /** When people are reminded; as usual where nothing is said. */
  readonly rhythm?: Rhythm;
  /** Whether letters with a copy lead to it by a link, or bring it with them. */
  readonly links?: boolean;
  /** How reminders reach people, from facts in this store; without it they are facts alone. */
  readonly reminding?: { readonly delivery: Delivery } & Omit<Parameters<Delivery>[0], "secret">;
};

export const announcementService = ({
  secret,
  versions = ours,
  rhythm = usualRhythm,
  links = true,
  reminding,
}: AnnouncementOptions): ServiceDefinition => {
  const rules = rulesOf({
    name: "inspection",
    ...registry.inspection,
    aggregate: withRenewals(secret, inspectionUnder(versions)),
  });
  const adopting = rulesOf({
    name: "framework",
    ...registry.framework,
    aggregate: frameworkUnder(versions),
  });
  const planning = rulesOf({ name: "programme", ...registry.programme });
  const atPace = atRhythm(rhythm, registry.reminders.aggregate);
  const calling = rulesOf({
    name: "reminders",
    ...registry.reminders,
    aggregate: links ? linkedBy(digestFor(secret), atPace) : atPace,
  });
  const erasing = rulesOf({ name: "erasure", ...registry.erasure });
  return defineService({
    name: "announcement",
    step: "announcement",
    isOurs: isScheduled,
    rules: [
      adopting,
      planning,
      calling,
      erasing,
      { ...rules, parseCommand: (input) => rules.parseCommand(withNonce(secret, input)) },
    ],
    flow: flowOf({
      flow: bothFlows(bothFlows(announcementFlow, erasureFlow), atRhythm(rhythm, remindersFlow)),
      prefixes: [
        "inspection-",
        "fieldwork-",
        "assessment-",
        "panel-",
        "publication-",
        "reminders-",
        "erasure-",
      ],
      facts: [AnyFact, ReminderEvent],
      concerns: changesDuties,
    }),
    reactions: reminding ? [reminding.delivery({ ...reminding, secret })] : [],
  });
};

/** Single answers, by far most of all facts, change nothing of what is owed. */
const answers = new Set(["JudgementRecorded", "JudgementWithdrawn", "SecondJudgementRecorded"]);

const changesDuties = ({ type, stream }: StoredEvent) => {
  const inspection = answers.has(type) ? undefined : inspectionOf(stream);
  return inspection === undefined ? [] : [inspection];
};
