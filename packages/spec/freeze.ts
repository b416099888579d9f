/**
 * `npm run freeze`: writes the schema of each stored fact's version of today that has none yet. It
 * never writes over one: what was published stays as it is. The schema of frameworks' documents is
 * made anew each time.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { documentSchema } from "@assay/domain/framework/document-schema.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";

import { schemaOf } from "./frozen.ts";
import { schemaPath, storedFacts } from "./stored.ts";

const root = join(import.meta.dirname, "../domain");
let written = 0;
for (const { folder, type, schema } of storedFacts) {
  const path = join(root, schemaPath({ folder, type, version: currentVersion(type) }));
  if (existsSync(path)) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(schemaOf(schema), null, 1)}\n`, { flag: "wx" });
  process.stdout.write(`${path}\n`);
  written += 1;
}
writeFileSync(
  join(root, "../../docs/framework.schema.json"),
  `${JSON.stringify(documentSchema(), null, 1)}\n`,
);
const before = storedFacts.length - written;
process.stdout.write(`${written} written, ${before} were frozen before.\n`);
