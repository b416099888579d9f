import { testChart } from "@assay/spec/charts.ts";

import { ProgrammeEvent } from "./events.ts";
import { programmeChart, programmeMachine } from "./machine.ts";

testChart(
  programmeMachine,
  programmeChart,
  ProgrammeEvent.options.map(({ shape }) => shape.type.value),
);
