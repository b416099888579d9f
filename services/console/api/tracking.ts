/**
 * The API on what is under way: workload, plan, requests, letters, reminders, allocation, domain
 * one, quality assurance and agreement, of one inspection or of all.
 */
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import { proposeAllocation } from "@assay/domain/fieldwork/allocation.ts";
import { remindersTold } from "@assay/domain/reminders/told.ts";
import { lettersTold, planTold, requestsTold } from "@assay/domain/tracking/announcement.ts";
import { agreementTold, domainOneTold, qualityTold } from "@assay/domain/tracking/fieldwork.ts";
import { workloadOf } from "@assay/domain/tracking/workload.ts";

import { type Answer, json, unlessHeld } from "../http/answer.ts";
import type { Handle, Visit } from "../pages/page.ts";
import { factOf, type Held } from "../reading/held.ts";
import { isStaff, marksBlind, maySee } from "../reading/viewer.ts";
import { problem } from "./problem.ts";

export const workload: Handle = async (visit) =>
  isStaff(visit.viewer)
    ? read(visit, { workload: workloadOf(await known(visit), visit.now) })
    : problem(404);

/** Over all inspections; for whoever marks none of them blind. */
export const agreementOfAll: Handle = async (visit) => {
  const held = [...(await visit.library.all()).values()];
  const { viewer } = visit;
  if (!isStaff(viewer) || held.some((each) => marksBlind(viewer, each))) return problem(404);
  return read(visit, agreementTold(held.map(asKnown)));
};

/** Both sides see the same plan. */
export const plan: Handle = (visit) =>
  withOne(visit, (held) => read(visit, { plan: planTold(held) }));

export const requests: Handle = (visit) =>
  withOne(visit, async (held) => {
    const facts = (await visit.library.events(held)).map(factOf).filter(isInspectionEvent);
    return read(visit, { requests: requestsTold(held, facts, visit.now) });
  });

export const letters: Handle = (visit) =>
  withOne(visit, async (held) => {
    const facts = (await visit.library.events(held)).map(factOf).filter(isInspectionEvent);
    return read(visit, { letters: lettersTold(held, facts) });
  });

export const reminders: Handle = (visit) =>
  forStaff(visit, async (held) => {
    const facts = (await visit.library.events(held)).map(factOf);
    return read(visit, { reminders: remindersTold(facts) });
  });

export const allocation: Handle = (visit) =>
  forStaff(visit, (held) =>
    read(visit, {
      allocated: Object.fromEntries(held.fieldwork.allocation),
      proposal: proposeAllocation(held.fieldwork),
    }),
  );

export const domainOne: Handle = (visit) =>
  forStaff(visit, (held) => read(visit, { standards: domainOneTold(held) }));

export const quality: Handle = (visit) =>
  forStaff(visit, (held) =>
    marksBlind(visit.viewer, held) ? problem(404) : read(visit, qualityTold(held)),
  );

export const agreement: Handle = (visit) =>
  forStaff(visit, (held) =>
    marksBlind(visit.viewer, held) ? problem(404) : read(visit, agreementTold([asKnown(held)])),
  );

const asKnown = (held: Held) => ({ inspection: held.inspection, known: held });

const known = async ({ library }: Visit) => [...(await library.all()).values()].map(asKnown);

type Answering = (held: Held) => Answer | Promise<Answer>;

const withOne = async (visit: Visit, answer: Answering): Promise<Answer> => {
  const held = await visit.library.one(visit.parts["inspection"] ?? "");
  return held && maySee(visit.viewer, held) ? answer(held) : problem(404);
};

const forStaff = (visit: Visit, answer: Answering): Promise<Answer> =>
  withOne(visit, (held) => (isStaff(visit.viewer) ? answer(held) : problem(404)));

const read = (visit: Visit, value: unknown): Answer =>
  unlessHeld(json(value), visit.asked.header("if-none-match"));
