import { join } from "node:path";

import { testGolden } from "@assay/spec/golden.ts";
import { stepNamed } from "@assay/spec/rules.ts";

testGolden(stepNamed("framework"), join(import.meta.dirname, "golden"));
