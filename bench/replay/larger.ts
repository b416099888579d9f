/** An inspection as a service of middling size has it: some 2,000 judgements. */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { examplePlots, plotFrom } from "@assay/embedded/examples.ts";

/** The first example's story on more cases: what a service of middling size comes to. */
export const largerPlot = () => {
  const { file } = examplePlots()[0]!;
  const standards = Object.fromEntries(
    Object.entries(file.standards).map(([code, { keyQuestions = {} }]) => [
      code,
      {
        rating: "Good",
        keyQuestions: Object.fromEntries(
          Object.keys(keyQuestions).map((question) => [
            question,
            question === "policeWork" ? { relevant: 6, percent: 67 } : { percent: 70 },
          ]),
        ),
      },
    ]),
  );
  const plot = plotFrom({
    id: "larger-2020" as InspectionId,
    service: "Larger YOS",
    fieldwork: { start: "2020-02-03", end: "2020-02-07" },
    court: { cases: 24 },
    outOfCourt: { cases: 16 },
    domainOne: { "1.1": "Good", "1.2": "Good", "1.3": "Good", "1.4": "Good" },
    standards,
    score: 24,
    overall: "Good",
  });
  if (!plot.ok) throw new TypeError(JSON.stringify(plot.problems));
  return plot.value;
};
