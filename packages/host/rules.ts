/**
 * A step's aggregate with the schemas of its borders, as the host runs it. Built by `rulesOf`,
 * which checks that they belong together; afterwards the host knows them only by what they do.
 */
import type { Aggregate } from "@assay/domain/kernel/step.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";
import type { z } from "zod";

import {
  type FactReader,
  factReader,
  type Issue,
  issuesOf,
  schemasByType,
  type Typed,
} from "./schema.ts";

type Refusal = { readonly reason: string };

export type Rules = {
  readonly name: string;
  readonly commandTypes: readonly string[];
  readonly aggregate: Aggregate<Typed, Typed, Typed, unknown, Refusal>;
  readonly parseCommand: (
    input: unknown,
  ) => { readonly command: Typed } | { readonly issues: readonly Issue[] };
  /** Throws when the rules recorded what their own schema does not allow: that is a defect. */
  readonly parseEvents: (events: readonly Typed[]) => readonly Typed[];
  readonly factOf: FactReader;
  readonly versionOf: (type: string) => number;
  /** Answers the aggregate's inquiries, however long that takes. */
  readonly answer: (question: unknown) => Promise<unknown>;
  readonly frameworkOf: (state: unknown) => string | undefined;
};

export type RulesDescription<Command extends Typed, Event extends Typed, Known, State, No> = {
  readonly name: string;
  readonly commands: z.ZodType<Command>;
  readonly events: z.ZodType<Event>;
  /** The schemas of the foreign facts that the aggregate relies on. */
  readonly relies?: readonly z.ZodType[];
  readonly aggregate: Aggregate<Command, Event, Known, State, No>;
  /** Needed where the aggregate inquires. */
  readonly answer?: (question: never) => Promise<unknown>;
};

/** What a state knows of the framework version in force; its id is kept with every event. */
type Briefed = { readonly briefing?: { readonly framework?: { readonly id: string } | undefined } };

export const rulesOf = <
  Command extends Typed,
  Event extends Typed,
  Known extends Typed,
  State,
  No extends Refusal,
>(
  description: RulesDescription<Command, Event, Known, State, No>,
): Rules => {
  const { name, commands, events, relies = [], aggregate, answer } = description;
  if (aggregate.inquires && !answer)
    throw new TypeError(`${name} inquires, and nothing answers it`);
  return {
    name,
    commandTypes: [...schemasByType(commands).keys()],
    aggregate: aggregate as unknown as Rules["aggregate"],
    parseCommand: (input) => {
      const parsed = commands.safeParse(input, { reportInput: true });
      return parsed.success ? { command: parsed.data } : { issues: issuesOf(parsed.error) };
    },
    parseEvents: (decided) => decided.map((event) => events.parse(event)),
    factOf: factReader([events, ...relies]),
    versionOf: (type) => currentVersion(type),
    answer: (question) => answer?.(question as never) ?? Promise.reject(new TypeError(name)),
    frameworkOf: (state) => (state as Briefed).briefing?.framework?.id,
  };
};
