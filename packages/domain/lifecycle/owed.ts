/**
 * What is owed follows from the charts: a phase says what is owed there, whose it is and which
 * command settles it. A flow adds how often, for whom by name and until when.
 */
import { type AnyChart, owedHere } from "../kernel/chart.ts";
import type { InspectionId } from "../kernel/ids.ts";
import type { Duty } from "../kernel/step.ts";
import { type Charted, notNow } from "./possible.ts";

/** A duty without what the chart says of it. */
export type Instance<Command> = Omit<Duty<Command>, "owner">;

/** For each kind of duty in a step's chart, what of it is owed by an inspection or a programme. */
export type Instances<Kind extends string, Command, State, Id = InspectionId> = Readonly<
  Record<Kind, (state: State, id: Id) => readonly Instance<Command>[]>
>;

/** What another step's command settles is owed while the inspection is under way. */
export const owedBy = <Kind extends string, Command, State extends Charted, Id>(
  chart: { readonly leads: object },
  instances: Instances<Kind, Command, State, Id>,
  state: State,
  id: Id,
): readonly Duty<Command>[] => {
  const any = chart as AnyChart;
  return owedHere(state.phase as AnyChart["initial"]).flatMap(([kind, { owner, by }]) =>
    (by in any.leads ? notNow(any, state, by) : isResting(state))
      ? []
      : instances[kind as Kind](state, id).map((each) => ({ ...each, owner })),
  );
};

const isResting = ({ lifecycle }: Charted): boolean =>
  lifecycle !== undefined && !lifecycle.hasTag("under-way");
