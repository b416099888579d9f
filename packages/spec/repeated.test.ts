import { assay } from "@assay/domain/kernel/actor.ts";
import { describe, expect, it } from "vitest";
import type { z } from "zod";

import { type Command, rulesFor } from "./rules.ts";
import { askedOf, senderOf, type Specimen, stageOf } from "./specimen.ts";
import { specimens } from "./specimens.ts";
import { variantsOf } from "./variants.ts";
import type { Answer, Asked, World } from "./world.ts";

type Union = { readonly options: readonly z.ZodObject[] };

/** A new commitment is nobody's words: the announcing service adds it. */
const isRenewal = (type: string, name: string): boolean =>
  name === "commitment" && type !== "AnnounceInspection";

/** The fields that a sender writes, with their schemas. */
const fieldsOf = (type: string): readonly (readonly [string, z.ZodType])[] => {
  const { options } = rulesFor(type).commands as unknown as Union;
  const found = options.find(({ shape }) => shape["type"]?.safeParse(type).success);
  const shape = (found?.shape ?? {}) as Readonly<Record<string, z.ZodType>>;
  return Object.entries(shape).filter(
    ([name]) => !["type", "at", "by", "inspection"].includes(name) && !isRenewal(type, name),
  );
};

/**
 * Left out, these say nothing else: an answer that comes again needs no reason, and a resumption
 * says its days or none.
 */
const silent: readonly string[] = ["RecordJudgement reason", "ResumeInspection fieldwork"];

/** The same request with one field saying something else, or left out where it may be. */
const changed = (asked: Asked): readonly { readonly field: string; readonly other: Asked }[] =>
  fieldsOf(asked.type).flatMap(([field, schema]) => {
    const value = (asked as Readonly<Record<string, unknown>>)[field];
    return variantsOf(schema, value)
      .filter((each) => each !== undefined || !silent.includes(`${asked.type} ${field}`))
      .map((each) => ({ field, other: { ...asked, [field]: each } }));
  });

const isSwallowed = (answer: Answer): boolean => answer.accepted && answer.events.length === 0;

const sent = (specimen: Specimen): { readonly world: World; readonly asked: Asked } => {
  const world = stageOf(specimen);
  const asked = askedOf(specimen, world);
  const answer = world.ask(senderOf(specimen, world), asked, specimen.when);
  expect(answer).toMatchObject({ accepted: true });
  return { world, asked };
};

const commandOf = (world: World, asked: Asked): Command =>
  rulesFor(asked.type).commands.parse({
    ...asked,
    at: world.now,
    by: assay,
    inspection: world.inspection,
  });

describe.each(Object.entries(specimens))("%s that is sent again", (_, specimen) => {
  it("is recorded or refused, and never swallowed, where one field says something else", () => {
    const { world, asked } = sent(specimen);
    const by = senderOf(specimen, world);
    for (const { field, other } of changed(asked)) {
      const answer = world.fork().ask(by, other, specimen.when);
      expect({ field, other, swallowed: isSwallowed(answer) }).toMatchObject({ swallowed: false });
    }
  });

  it("is known by its content under the same id, and anything else is not", () => {
    const { world, asked } = sent(specimen);
    const by = senderOf(specimen, world);
    const { aggregate } = rulesFor(asked.type);
    const id = world.records.at(-1)?.commandId;
    const facts = world.records.flatMap(({ commandId, fact }) => (commandId === id ? [fact] : []));
    const same = { ...commandOf(world, asked), by };
    expect(aggregate.isRecordedIn(same, facts)).toBe(true);
    for (const { field, other } of changed(asked)) {
      // A nonce is nobody's words: it is held against its commitment.
      if (field === "nonce") continue;
      const command = { ...commandOf(world, other), by };
      expect({ field, same: aggregate.isRecordedIn(command, facts) }).toEqual({
        field,
        same: false,
      });
    }
  });
});
