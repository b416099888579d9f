/** Salts for events: 128 random bits each, taken from the system many at a time. */
import { randomBytes } from "node:crypto";

const length = 16;
const atOnce = 256;

/** Every call of the function made here returns a new salt: 32 hexadecimal digits. */
export const createSalts = (): (() => string) => {
  let pool = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === pool.length) {
      pool = randomBytes(length * atOnce);
      used = 0;
    }
    used += length;
    return pool.toString("hex", used - length, used);
  };
};
