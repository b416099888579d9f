import { factName } from "@assay/domain/kernel/wording.ts";
import { registry } from "@assay/domain/steps.ts";
import { describe, expect, it } from "vitest";

import { definitionOf, type Drawn, drawChart, drawnFrom } from "./statechart.ts";

const nowhere = { current: [], entered: new Map<string, string>() };
const draw = (drawn: Drawn): string => drawChart(drawn, nowhere, "A chart");

type Text = { readonly x: number; readonly y: number; readonly said: string };
const attribute = (tag: string, name: string): number =>
  Number(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]);
const textsIn = (svg: string): readonly Text[] =>
  [...svg.matchAll(/(<text [^>]*>)([^<]*)<\/text>/g)].map(([, tag = "", said = ""]) => ({
    ...{ x: attribute(tag, "x"), y: attribute(tag, "y") },
    said,
  }));
const linesIn = (svg: string, className: string): readonly string[] =>
  [...svg.matchAll(/<g class="([^"]*)">(.*?)<\/g>/g)]
    .filter(([, name]) => name === className)
    .map(([, , inside = ""]) => inside);
const saidIn = (svg: string, className: string): readonly string[] =>
  linesIn(svg, className).map((inside) =>
    textsIn(inside)
      .map(({ said }) => said)
      .join(" "),
  );

const chain: Drawn = {
  states: ["prepared", "opened", "closed"],
  edges: [
    { from: "prepared", to: "opened", events: ["FieldworkOpened"] },
    { from: "opened", to: "closed", events: ["FieldworkClosed"] },
    { from: "closed", to: "opened", events: ["PanelReconvened", "FieldworkOpened"] },
    { from: "prepared", to: "closed", events: ["InspectionCancelled"] },
  ],
};

describe("a chart of three phases", () => {
  const svg = draw(chain);

  it("has a box for each phase, in their order from left to right", () => {
    const boxes = linesIn(svg, "chart-state");
    expect(boxes.map((box) => attribute(box, "x"))).toEqual([6, 226, 446]);
    expect(boxes.map((box) => textsIn(box)[0])).toEqual([
      { x: 64, y: 58, said: "Prepared" },
      { x: 284, y: 58, said: "Opened" },
      { x: 504, y: 58, said: "Closed" },
    ]);
  });

  it("leads to the next phase by a straight arrow under the fact's words, in lines", () => {
    const [first, second] = linesIn(svg, "chart-edge");
    expect(first).toContain('<line x1="122" y1="53" x2="224" y2="53" marker-end="url(#arrow)">');
    expect(textsIn(first!)).toEqual([
      { x: 174, y: 34, said: "Fieldwork" },
      { x: 174, y: 47, said: "opened" },
    ]);
    expect(second).toContain('<line x1="342" y1="53" x2="444" y2="53"');
    expect(svg).toMatch(/<marker id="arrow"[^>]* orient="auto"/);
  });

  it("leads back, or past a phase, below the boxes, each way on its own level", () => {
    const around = linesIn(svg, "chart-edge chart-edge--around");
    expect(around.map((inside) => / d="([^"]*)"/.exec(inside)?.[1])).toEqual([
      "M75.6 76 V124 H492.4 V79",
      "M492.4 76 V100 H295.6 V79",
    ]);
    expect(saidIn(svg, "chart-edge chart-edge--around")).toEqual([
      "Inspection cancelled",
      "Panel reconvened, Fieldwork opened",
    ]);
  });

  it("marks where an inspection is, and since when it was in each phase", () => {
    const entered = new Map([
      ["prepared", "1 May"],
      ["opened", "17 May"],
    ]);
    const standing = drawChart(chain, { current: ["opened"], entered }, "A chart");
    expect(saidIn(standing, "chart-state was-entered")).toEqual(["Prepared 1 May"]);
    expect(saidIn(standing, "chart-state is-current")).toEqual(["● Opened 17 May"]);
    expect(saidIn(standing, "chart-state")).toEqual(["Closed"]);
    expect(standing).toContain('aria-label="A chart"');
  });
});

describe.each(Object.entries(registry))("the chart of %s", (_, { chart }) => {
  const drawn = drawnFrom(definitionOf(chart.machine));
  const svg = draw(drawn);
  const [width, height] = [attribute(svg, "width"), attribute(svg, "height")];

  it("says every fact that leads from one phase to another", () => {
    const said = textsIn(svg)
      .map((text) => text.said)
      .join(" ");
    for (const { events } of drawn.edges)
      for (const event of events) expect(said).toContain(factName(event));
  });

  it("cuts no word off, and lays no words over others", () => {
    const boxOf = ({ x, y, said }: Text) => {
      const half = (said.length * 6) / 2;
      return { left: x - half, right: x + half, top: y - 10, bottom: y };
    };
    const texts = textsIn(svg);
    const cutOff = texts.filter((text) => {
      const { left, right, top, bottom } = boxOf(text);
      return Math.min(left, top) < 0 || right > width || bottom > height;
    });
    expect(cutOff).toEqual([]);
    const laidOver = texts.flatMap((one, place) =>
      texts.slice(place + 1).filter((other) => {
        const [a, b] = [boxOf(one), boxOf(other)];
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      }),
    );
    expect(laidOver).toEqual([]);
  });
});
