/** What the publication service reads from its environment. */
import {
  type Environment,
  readEnvironment,
  standaloneEnvironment,
} from "@assay/host/environment.ts";
import { z } from "zod";

const shape = {
  ...standaloneEnvironment,
  PORT: standaloneEnvironment.PORT.default(4604),
  /**
   * Whether this replica writes reports and signs checkpoints. One replica does, because there is
   * one key and one site; the others take commands.
   */
  PUBLISHES: z.enum(["yes", "no"], "must be yes or no").default("yes"),
  /** Where keys, records and the site are kept; `DATA_DIR` unless set. */
  PUBLISHING_DIR: z.string().min(1).optional(),
};

export const readConfig = (environment: Environment) => readEnvironment(shape, environment);
