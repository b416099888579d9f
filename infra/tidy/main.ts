/** Says which imports climb the walls; ends with 1 when some do, or when no module was read. */
import { fileURLToPath } from "node:url";

import { surveyWalls } from "./walls.ts";

const { modules, dependencies, violations } = await surveyWalls(
  fileURLToPath(new URL("../..", import.meta.url)),
);
for (const { wall, from, to } of violations) console.error(`${wall}: ${from} -> ${to}`);
console.log(`${modules} modules, ${dependencies} dependencies, ${violations.length} violations`);
process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0;
