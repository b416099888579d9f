/** By what a framework's document names its requests, offices, kinds and other settings. */
import { z } from "zod";

export const SettingId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "small letters, digits and hyphens");
export type SettingId = z.infer<typeof SettingId>;
