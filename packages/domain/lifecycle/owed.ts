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

/** For each kind of duty in a step's chart, what of it is owed. */
export type Instances<Kind extends string, Command, State> = Readonly<
  Record<Kind, (state: State, inspection: InspectionId) => readonly Instance<Command>[]>
>;

export const owedBy = <Kind extends string, Command, State extends Charted>(
  chart: { readonly leads: object },
  instances: Instances<Kind, Command, State>,
  state: State,
  inspection: InspectionId,
): readonly Duty<Command>[] => {
  const any = chart as AnyChart;
  return owedHere(state.phase as AnyChart["initial"]).flatMap(([kind, { owner, by }]) =>
    notNow(any, state, by)
      ? []
      : instances[kind as Kind](state, inspection).map((each) => ({ ...each, owner })),
  );
};
