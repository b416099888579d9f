import { testChart } from "@assay/spec/charts.ts";
import { stepNamed } from "@assay/spec/rules.ts";

import { assessmentChart, assessmentMachine } from "./machine.ts";

testChart(assessmentMachine, assessmentChart, stepNamed("assessment").eventTypes);
