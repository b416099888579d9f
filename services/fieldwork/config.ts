/** What the fieldwork service reads from its environment. */
import { type Environment, readEnvironment, standaloneOn } from "@assay/host/environment.ts";

export const readConfig = (environment: Environment) =>
  readEnvironment(standaloneOn(4602), environment);
