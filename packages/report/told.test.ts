import { toldExample } from "@assay/spec/examples.ts";
import { describe, expect, it } from "vitest";

import { checkReport } from "./checks.ts";
import { exampleOf } from "./golden/notebook.ts";
import { renderMarkdown } from "./markdown.ts";
import { reportModelOf } from "./model.ts";
import { hiddenWordsIn } from "./names.ts";
import { renderPdf } from "./pdf.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };

describe.each(["peterborough-2020", "milton-keynes-2021"] as const)("%s, carried through", (id) => {
  const recorded = toldExample(id);
  const model = reportModelOf(recorded, 1);

  it("has the ratings and counts that were published", () => {
    const { standards } = exampleOf(id);
    for (const { standard, rating, keyQuestions } of model.standards) {
      const published = standards[standard];
      if (!published) continue;
      expect(rating).toBe(published.rating);
      const counts = keyQuestions.map(({ name, relevant, yes }) => [name, { relevant, yes }]);
      expect(Object.fromEntries(counts)).toMatchObject(
        Object.fromEntries(
          Object.entries(published.keyQuestions).map(([name, { relevant, yes }]) => [
            name,
            { relevant, yes },
          ]),
        ),
      );
    }
  });

  it("has nothing that the checks would keep back, and says that its cases are made up", () => {
    const found = checkReport(model, hiddenWordsIn(recorded));
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(renderMarkdown(model)).toContain("Case level reconstructed from published totals");
  });

  it("can be set as an accessible PDF", () => {
    expect(Buffer.from(renderPdf(model, publisher)).subarray(0, 5).toString()).toBe("%PDF-");
  });
});
