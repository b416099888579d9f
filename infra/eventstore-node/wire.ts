/**
 * Protocol buffers, written by hand (protobuf.dev/programming-guides/encoding). Building a message
 * object for each event and serialising it costs ten times as much as reading the event does.
 */

export type Field = Uint8Array;

/** Nothing at all, as a message. */
export const empty = Buffer.alloc(0);

/** A field that holds a message, bytes or text: its tag, its length and its content. */
export const bytes = (number: number, content: Uint8Array): Field => {
  const header = varint(content.length);
  const field = Buffer.allocUnsafe(1 + header.length + content.length);
  field[0] = (number << 3) | 2;
  field.set(header, 1);
  field.set(content, 1 + header.length);
  return field;
};

export const text = (number: number, content: string): Field =>
  bytes(number, Buffer.from(content, "utf8"));

export const integer = (number: number, value: number | bigint): Field =>
  Buffer.concat([Buffer.from([number << 3]), varint(value)]);

export const message = (...fields: readonly Field[]): Buffer => Buffer.concat(fields);

/** Base 128, least significant first. Negative numbers as two's complement of 64 bits. */
export const varint = (value: number | bigint): Buffer => {
  const digits: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left > 0x7fn; left >>= 7n) digits.push(Number(left & 0x7fn) | 0x80);
  digits.push(Number(left));
  return Buffer.from(digits);
};
