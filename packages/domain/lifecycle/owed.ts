/**
 * What is owed follows from the charts: a phase says what is owed there, whose it is and which
 * command settles it. A flow adds how often, for whom by name and until when.
 */
import { type AnyChart, owedHere } from "../kernel/chart.ts";
import type { InspectionId } from "../kernel/ids.ts";
import type { Duty } from "../kernel/step.ts";
import { type Charted, isPossible } from "./possible.ts";

/** A duty without what the chart says of it. */
export type Instance<Command> = Omit<Duty<Command>, "owner">;

/** For each kind of duty in a step's chart, what of it is owed by an inspection or a programme. */
export type Instances<Kind extends string, Command, State, Id = InspectionId> = Readonly<
  Record<Kind, (state: State, id: Id) => readonly Instance<Command>[]>
>;

/** What another step's command settles is owed while the inspection is under way. */
export const owedBy = <Kind extends string, Command, State extends Charted, Id>(
  chart: AnyChart,
  instances: Instances<Kind, Command, State, Id>,
  state: State,
  id: Id,
): readonly Duty<Command>[] => {
  return owedHere(state.phase).flatMap(([kind, { owner, by }]) =>
    (by in chart.leads ? isPossible(chart, state, by) : !isResting(state))
      ? instances[kind as Kind](state, id).map((each) => ({ ...each, owner }))
      : [],
  );
};

const isResting = ({ lifecycle }: Charted): boolean =>
  lifecycle !== undefined && !lifecycle.hasTag("under-way");
