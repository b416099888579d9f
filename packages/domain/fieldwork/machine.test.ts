import { testChart } from "@assay/spec/charts.ts";
import { stepNamed } from "@assay/spec/rules.ts";

import { fieldworkChart, fieldworkMachine } from "./machine.ts";

testChart(fieldworkMachine, fieldworkChart, stepNamed("fieldwork").eventTypes);
