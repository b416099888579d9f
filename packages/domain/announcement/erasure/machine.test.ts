import { testChart } from "@assay/spec/charts.ts";
import { stepNamed } from "@assay/spec/rules.ts";

import { erasureChart, erasureMachine } from "./machine.ts";

testChart(erasureMachine, erasureChart, stepNamed("erasure").eventTypes);
