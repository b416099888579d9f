/** What the console reads from its environment. */
import {
  type Environment,
  readEnvironment,
  standaloneEnvironment,
} from "@assay/host/environment.ts";
import { z } from "zod";

const shape = {
  ...standaloneEnvironment,
  PORT: standaloneEnvironment.PORT.default(4600),
  /**
   * `yes` in a container whose port is published on its own machine alone. Otherwise the console
   * answers whoever comes from the machine that it runs on, and nobody else.
   */
  BEHIND_PUBLISHED_PORT: z.enum(["yes", "no"], "must be yes or no").default("no"),
};

export const readConfig = (environment: Environment) => readEnvironment(shape, environment);
