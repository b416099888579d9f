/**
 * How long one report takes to publish in all its forms: from the recorded events to files on disk
 * that a web server may serve, and what each form costs.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startEngine } from "@assay/embedded/engine.ts";
import { carryExamples } from "@assay/embedded/carry-examples.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { renderHtml } from "@assay/report/html.ts";
import { renderMarkdown } from "@assay/report/markdown.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { openDataOf } from "@assay/report/open-data.ts";
import { renderPdf } from "@assay/report/pdf.ts";
import { publishInto } from "@assay/report/publish-folder.ts";
import { shelfOf } from "@assay/report/shelf.ts";
import { pagesAround, versionFolder } from "@assay/report/site.ts";
import { recordedFrom } from "@assay/publication/told.ts";

import { row, spreadOf, told } from "./measure.ts";

const rounds = 7;
const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: "../" };

/** The events of an example that was carried through in memory of this process alone. */
const recordedExamples = async (dataDir: string) => {
  const log = createLog({ service: "bench", level: "silent" });
  const plots = examplePlots();
  await carryExamples({ dataDir, log, plots });
  const clock = createSteppedClock("2030-01-01T00:00:00.000Z" as never);
  const engine = await startEngine({ dataDir, clock, log });
  try {
    const found = plots.map(async ({ inspection }) =>
      recordedFrom(await readInspection(engine.store, inspection)),
    );
    return await Promise.all(found);
  } finally {
    await engine.close();
  }
};

export const run = async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-report-"));
  const [recorded = []] = await recordedExamples(join(folder, "data"));
  const model = reportModelOf(recorded, 1);
  const settings = { publisher };
  const work: Readonly<Record<string, (round: number) => unknown>> = {
    model: () => reportModelOf(recorded, 1),
    html: () => renderHtml(model, around),
    markdown: () => renderMarkdown(model),
    json: () => openDataOf(model),
    pdf: () => renderPdf(model, publisher),
    "all forms, published": async (round) => {
      const fresh = reportModelOf(recorded, 1);
      const version = versionFolder(fresh, settings);
      await publishInto(
        join(folder, `site-${round}`),
        [version],
        pagesAround(shelfOf([fresh], settings)),
      );
    },
  };
  const times = new Map<string, number[]>(Object.keys(work).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, make] of Object.entries(work)) {
      const begun = performance.now();
      await make(round);
      // The first round loads the typesetter and its typefaces; it is told apart.
      if (round > 0) times.get(name)!.push(performance.now() - begun);
    }
  }
  rmSync(folder, { recursive: true });
  const widths = [-24, 24];
  console.log(row(widths, ["form", "ms, median (least–most)"]));
  for (const [name, each] of times) console.log(row(widths, [name, told(spreadOf(each), 1)]));
  return {
    rounds,
    milliseconds: Object.fromEntries([...times].map(([name, each]) => [name, spreadOf(each)])),
  };
};
