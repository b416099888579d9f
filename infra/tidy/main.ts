/** Says which imports climb the walls; ends with 1 when some do, or when a module was not read. */
import { fileURLToPath } from "node:url";

import { filesOf } from "./house.ts";
import { isWalled, surveyWalls } from "./walls.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { modules, dependencies, violations } = await surveyWalls(root);
const walled = filesOf(root).filter(({ path }) => isWalled(path)).length;
if (modules < walled) console.error(`Only ${modules} of ${walled} modules were read.`);
for (const { wall, from, to } of violations) console.error(`${wall}: ${from} -> ${to}`);
console.log(`${modules} modules, ${dependencies} dependencies, ${violations.length} violations`);
process.exitCode = violations.length > 0 || modules < walled || walled === 0 ? 1 : 0;
