import { testChart } from "@assay/spec/charts.ts";
import { stepNamed } from "@assay/spec/rules.ts";

import { inspectionChart, inspectionMachine } from "./machine.ts";

testChart(inspectionMachine, inspectionChart, stepNamed("inspection").eventTypes);
