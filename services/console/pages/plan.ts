/**
 * One programme: its schedule with the reason for each placement, what is left out, how good it is,
 * and what planners do about it until it holds and its inspections are scheduled.
 */
import { inspectionFor, schedulingOf } from "@assay/domain/announcement/programme/state.ts";
import { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";
import { programmeTold } from "@assay/domain/tracking/programme.ts";
import { readInspectors, readServices } from "@assay/intake/planning-file.ts";

import { drawPlan } from "../drawing/plan.ts";
import { type Answer, redirect } from "../http/answer.ts";
import type { Form } from "../http/asked.ts";
import { isStaff } from "../reading/viewer.ts";
import { fileProblems } from "../wording/file-problems.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { commandIdIn, type Problem, taking, withModel } from "./forms.ts";
import { type Handle, NotFound, signedIn, type Visit } from "./page.ts";
import {
  isSheetCommand,
  placementActions,
  programmeActions,
  type SheetCommand,
} from "./programme-actions.ts";

export const planPage: Handle = async (visit) => {
  signedIn(visit);
  const { id, state } = await programmeIn(visit);
  const told = programmeTold(id, state, visit.now);
  return visit.render({
    view: "plan",
    title: told.name,
    model: {
      wide: true,
      crumbs: [{ text: "Programme", href: "/programme" }, { text: told.name }],
      now: visit.now,
      told,
      owed: told.owed.map(({ overdue, due, person, ...each }) => ({
        ...each,
        late: overdue,
        ...(due !== null && { due }),
        ...(person !== null && { person }),
      })),
      picture:
        told.placements.length > 0 ? drawPlan(told.placements, dayInEngland(visit.now)) : undefined,
      placements: told.placements.map((placement) => ({
        ...placement,
        actions: placementActions(visit, state, placement),
      })),
      actions: programmeActions(visit, state, told.leftOut.length),
    },
  });
};

const programmeIn = async (visit: Visit) => {
  if (!isStaff(visit.viewer)) throw new NotFound();
  const id = ProgrammeId.safeParse(visit.parts["programme"]);
  const all = await visit.library.programmes();
  const state = id.success ? all.get(id.data) : undefined;
  if (!id.success || !state) throw new NotFound();
  return { id: id.data, state };
};

/** An inspection is scheduled by its placement, sheets are read here; the rest is one command. */
export const takePlan: Handle = async (visit) => {
  const form = await visit.asked.form();
  const type = form.value("_type");
  if (isSheetCommand(type)) return takeSheet(visit, form, type);
  if (type !== "ScheduleInspection") return taking(planPage)(visit);
  const { state } = await programmeIn(visit);
  const placement = [...state.placements.values()].find(
    ({ service }) => service === form.value("service"),
  );
  const scheduling = placement && schedulingOf(state, placement.service);
  if (!placement || !scheduling) throw new NotFound();
  const sent = await visit.send({
    id: commandIdIn(form),
    by: signedIn(visit).actor,
    correlationId: visit.asked.correlationId,
    command: { type: "ScheduleInspection", framework: form.value("framework"), ...scheduling },
  });
  return sent.outcome === "answered" && sent.reply.accepted
    ? redirect(`/inspections/${inspectionFor(placement)}?done=ScheduleInspection`)
    : taking(planPage)(visit);
};

const readers = {
  EnrolServices: { read: readServices, part: "services" },
  RegisterInspectors: { read: readInspectors, part: "inspectors" },
} as const;

const takeSheet = async (visit: Visit, form: Form, type: SheetCommand): Promise<Answer> => {
  const { id: programme } = await programmeIn(visit);
  const href = `#${type}-sheet`;
  const again = (problems: readonly Problem[]): Answer | Promise<Answer> =>
    planPage(withModel(visit, { problems, typed: () => "", status: 422, failed: type }));
  const content = await form.file("sheet");
  if (!content) return again([{ text: "Choose the file", href, field: "sheet" }]);
  const { read, part } = readers[type];
  const table = read(content);
  if (!table.accepted) return again(fileProblems(table.problems, href));
  const sent = await visit.send({
    id: commandIdIn(form),
    by: signedIn(visit).actor,
    correlationId: visit.asked.correlationId,
    command: { type, programme, [part]: table.rows },
  });
  if (sent.outcome === "malformed")
    return again(sent.issues.map(({ path, message }) => ({ text: `${path}: ${message}`, href })));
  return sent.reply.accepted
    ? redirect(`${visit.asked.path}?done=${type}`)
    : again([{ text: refusalInWords(sent.reply.refusal), href }]);
};
