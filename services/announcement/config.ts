/** What the announcement service reads from its environment. */
import {
  type Environment,
  readEnvironment,
  standaloneEnvironment,
} from "@assay/host/environment.ts";
import { z } from "zod";

const what = "at least 32 bytes as hexadecimal digits, the same for every replica and for ever";

const shape = {
  ...standaloneEnvironment,
  PORT: standaloneEnvironment.PORT.default(4601),
  /** A sample is drawn from what was committed to at the announcement: another secret breaks it. */
  SAMPLING_SECRET: z
    .string({ error: `is needed: ${what}` })
    .regex(/^([0-9a-f]{2}){32,}$/i, `must be ${what}`)
    .transform((digits): Uint8Array => Buffer.from(digits, "hex")),
};

export const readConfig = (environment: Environment) => readEnvironment(shape, environment);
