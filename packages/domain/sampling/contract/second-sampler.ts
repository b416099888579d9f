/** What Assay draws, in the form in which a second program reads and answers a draw. */
import { answeredInPython } from "../../kernel/contract/python.ts";
import { columnsOfFormat1 } from "../../framework/format-1.ts";
import { settingsOfFormat1 } from "../certificate-format-1.ts";
import { drawSample, type PopulationDraw } from "../draw.ts";
import { daysOf } from "../eligibility.ts";
import { commitmentTo } from "../stream.ts";
import type { AskedDraw } from "./random-lists.ts";

/** A draw as the published vectors hold it: rows are arrays of the twelve columns. */
export const askedOf = ({ rows, overrides, ...rest }: AskedDraw) => {
  const asked = { ...rest, ...(overrides && { overrides: sizesIn(overrides) }) };
  return { ...asked, rows: rows.map((row) => columnsOfFormat1.map(({ name }) => row[name])) };
};

const sizesIn = (overrides: object) =>
  Object.fromEntries(Object.entries(overrides).filter(([, each]) => each !== undefined));

export const answerOf = (request: AskedDraw) => {
  const { listDigest, seed, populations, fieldworkStart } = drawSample({
    ...request,
    settings: settingsOfFormat1(request.settings),
  });
  const of = (drawn: PopulationDraw) => {
    const { first, last } = daysOf(drawn.window, fieldworkStart);
    const { widened, eligible, eligibleDigest, size, sample, reserves } = drawn;
    const excluded = drawn.excluded.map((each) => [each.case, each.reason]);
    const { computed } = size;
    const found = { window: [first, last], widened, eligible, eligibleDigest, excluded };
    return { ...found, computed, size: size.size, sample, reserves };
  };
  return {
    commitment: commitmentTo(request.nonce),
    listDigest,
    seed,
    court: of(populations["court"]!),
    outOfCourt: of(populations["outOfCourt"]!),
  };
};

/** The answers of the sampler in Python; undefined where this machine has no Python 3. */
export const secondAnswers = (asked: readonly unknown[]): unknown =>
  answeredInPython(new URL("sampler.py", import.meta.url), asked);
