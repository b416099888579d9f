/** What travels over NATS: JSON, parsed by its schema on arrival. */
import type { z } from "zod";

import { BusFault } from "./port.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Throws a fault that no repetition mends: who sent this speaks another language. */
export const decode = <Value>(
  schema: z.ZodType<Value>,
  bytes: Uint8Array,
  subject: string,
): Value => {
  try {
    return schema.parse(JSON.parse(utf8.decode(bytes)));
  } catch (cause) {
    throw new BusFault("handler-failed", `${subject} brought what is not understood`, {
      retry: false,
      cause,
    });
  }
};
