import { testChart } from "@assay/spec/charts.ts";
import { stepNamed } from "@assay/spec/rules.ts";

import { publicationChart, publicationMachine } from "./machine.ts";

testChart(publicationMachine, publicationChart, stepNamed("publication").eventTypes);
