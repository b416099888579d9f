/** What `npm run services` reads from its environment. */
import {
  type Environment,
  readEnvironment,
  standaloneEnvironment,
} from "@assay/host/environment.ts";
import { z } from "zod";

const shape = {
  PATH: z.string().default(""),
  EVENTSTORE_URL: z
    .string()
    .regex(
      /^(esdb|kurrentdb)(\+discover)?:\/\/./,
      "must be esdb:// or kurrentdb:// and where the event store is",
    )
    .optional(),
  ASSAY_KEY_ENCRYPTION_KEY: standaloneEnvironment.ASSAY_KEY_ENCRYPTION_KEY,
};

export const readConfig = (environment: Environment) => readEnvironment(shape, environment);

/** What a child process gets of our own environment: all of it. */
export const inherited = (): Readonly<Record<string, string | undefined>> => process.env;
