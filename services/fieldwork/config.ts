/** What the fieldwork service reads from its environment. */
import {
  type Environment,
  readEnvironment,
  standaloneEnvironment,
} from "@assay/host/environment.ts";

const shape = {
  ...standaloneEnvironment,
  PORT: standaloneEnvironment.PORT.default(4602),
};

export const readConfig = (environment: Environment) => readEnvironment(shape, environment);
