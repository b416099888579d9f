/**
 * Authenticated encryption: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits. One key
 * may close 2^32 boxes; no case comes near that.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";

export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

const random = { pool: Buffer.alloc(0), used: 0 };

/** Random bytes, taken from the system many at a time. Never handed out twice. */
export const freshBytes = (count: number): Buffer => {
  if (random.used + count > random.pool.length) {
    random.pool = randomBytes(4096);
    random.used = 0;
  }
  random.used += count;
  return random.pool.subarray(random.used - count, random.used);
};

const made = new WeakMap<Uint8Array, KeyObject>();

/** Node takes a third of the time to make a cipher when the key is an object of its own. */
const keyOf = (bytes: Uint8Array): KeyObject => {
  const known = made.get(bytes);
  if (known !== undefined) return known;
  const key = createSecretKey(bytes);
  made.set(bytes, key);
  return key;
};

/** Nonce, ciphertext and tag. `place` is authenticated: a box that was moved does not open. */
export const close = (key: Uint8Array, plain: Uint8Array, place: string): Buffer => {
  const nonce = freshBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(key), nonce);
  cipher.setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** Throws when the key, the place or a single bit is another. */
export const open = (key: Uint8Array, box: Buffer, place: string): Buffer => {
  if (box.length < nonceBytes + tagBytes) throw new RangeError("too short for a box");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(key), box.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(box.subarray(-tagBytes));
  const plain = decipher.update(box.subarray(nonceBytes, -tagBytes));
  return Buffer.concat([plain, decipher.final()]);
};
