import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { createMetrics, measureProcess } from "@assay/host/metrics.ts";
import { parser } from "@prometheus-io/lezer-promql";
import { expect, it } from "vitest";
import { parse } from "yaml";

const textOf = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");

type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<"summary" | "action", string>>;
};
const rules = (parse(textOf("alerts.yaml")) as { groups: [{ rules: Rule[] }] }).groups[0].rules;

type Panel = {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
};
const { panels } = JSON.parse(textOf("dashboard.json")) as { panels: Panel[] };

const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
].map(([where, expr]) => [where, expr.replaceAll("$__rate_interval", "5m")] as const);

/** Every metric with the labels that it may have, as Prometheus stores it. */
const served = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const metrics = createMetrics();
  measureProcess(metrics);
  const known = await metrics.registry.getMetricsAsJSON();
  const labels = (name: string): readonly string[] =>
    (metrics.registry.getSingleMetric(name) as unknown as { labelNames: string[] }).labelNames;
  const names = known.flatMap(({ name, type }) =>
    String(type) === "histogram"
      ? [`${name}_bucket`, `${name}_sum`, `${name}_count`].map(
          (each) => [each, [...labels(name), "le"]] as const,
        )
      : [[name, labels(name)] as const],
  );
  metrics.registry.clear();
  return new Map([...names, ["up", []]]);
};

/** What Prometheus' own grammar finds of a kind in an expression. */
const found = (expr: string, kinds: readonly string[]): readonly string[] => {
  const all: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, from, to }) => void (kinds.includes(name) && all.push(expr.slice(from, to))),
  });
  return all;
};

/** Prometheus adds these to whatever it collects. */
const added = ["instance", "job"];

it.each(expressions)("asks in “%s” for what is served, in Prometheus' grammar", async (_, expr) => {
  const metrics = await served();
  let errors = 0;
  parser.parse(expr).iterate({ enter: ({ type }) => void (type.isError && (errors += 1)) });
  expect(errors).toBe(0);
  const names = found(expr, ["Identifier"]);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !metrics.has(name))).toEqual([]);
  const allowed = new Set([...names.flatMap((name) => metrics.get(name) ?? []), ...added]);
  const labels = found(expr, ["LabelName"]);
  expect(labels.filter((label) => !allowed.has(label))).toEqual([]);
});

it("says in each alert what is the matter and what to do first", () => {
  for (const { annotations } of rules) {
    expect(annotations.summary).toMatch(/.{10}/);
    expect(annotations.action).toMatch(/.{20}\.$/);
  }
});

it("has every metric of Assay's own on the dashboard", async () => {
  const shown = expressions.map(([, expr]) => expr).join(" ");
  const own = [...(await served()).keys()].filter((name) =>
    /^assay_.*(?<!_sum|_count)$/.test(name),
  );
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
});

const page = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| ") && line.includes("`assay_"))
    .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")))
    .map((cells) => cells.slice(1, -1));
const amiss = rowsOf(page.slice(page.indexOf("## When something is amiss")).split("\n## ")[0]!);

/** What every service and package says in its log. */
const sources = ["packages/host", "services/publication"]
  .flatMap((folder) => {
    const at = join(import.meta.dirname, "../..", folder);
    return readdirSync(at).map((name) => join(at, name));
  })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => readFileSync(path, "utf8"))
  .join("");

it.each(amiss)("says of “%s” what is served, told and done", async (...cells) => {
  const [, ready = "", metric = "", alert = "", logged = "", todo = ""] = cells;
  expect(ready).not.toBe("");
  expect([...(await served()).keys()]).toContain(metric);
  const rule = rules.find((each) => each.alert === alert);
  expect(rule?.expr).toContain(metric);
  expect(sources).toContain(logged);
  const [, anchor = ""] = /\(#([\w-]+)\)$/.exec(todo) ?? [];
  const headings = page.match(/^## .*$/gm) ?? [];
  const anchors = headings.map((each) =>
    each
      .slice(3)
      .toLowerCase()
      .replaceAll(/[^\w -]/g, ""),
  );
  expect(anchors.map((each) => each.replaceAll(" ", "-"))).toContain(anchor);
});

it("knows the table of what may be amiss", () => expect(amiss.length).toBeGreaterThan(9));
