import { testChart } from "@assay/spec/charts.ts";
import { stepNamed } from "@assay/spec/rules.ts";

import { panelChart, panelMachine } from "./machine.ts";

testChart(panelMachine, panelChart, stepNamed("panel").eventTypes);
