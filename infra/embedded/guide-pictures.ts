/** The pictures in the guides, made of the console's fixtures: `npm run fixtures -- pictures`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { catalogue } from "@assay/console/fixtures/catalogue.ts";
import { createSteppedClock } from "@assay/host/clock.ts";

import { serve } from "./browsing.ts";
import { openHistory, today } from "./recorded-history.ts";

const folder = join(import.meta.dirname, "../../docs/guides/pictures");

/** What a person sees of the page before they scroll. */
export const takePictures = async (): Promise<number> => {
  mkdirSync(folder, { recursive: true });
  const served = await serve(await openHistory(), createSteppedClock(today));
  try {
    const pictured = catalogue.filter(({ picture }) => picture !== undefined);
    for (const { who, path, picture } of pictured) {
      const { page, context } = await served.visitor(who, { width: 1000 });
      await page.goto(served.origin + path);
      await page.screenshot({ path: join(folder, `${picture}.png`) });
      await context.close();
    }
    return pictured.length;
  } finally {
    await served.close();
  }
};
