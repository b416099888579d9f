/**
 * A certificate that signs itself, for `localhost` and 127.0.0.1, made for one test run (RFC 5280,
 * DER after X.690). No key is kept in the repository and no program is needed to make one.
 */
import { generateKeyPairSync, sign } from "node:crypto";

export type Certificate = { readonly certificate: Buffer; readonly key: Buffer };

export const selfSigned = (): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(oid(2, 5, 4, 3), der(0x0c, Buffer.from("assay test")))));
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const body = sequence(
    der(0xa0, integer(2)),
    integer(Date.now() % 1_000_000),
    algorithm,
    name,
    sequence(time("20200101000000Z"), time("21200101000000Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(authority, names)),
  );
  const signature = sign("sha256", body, privateKey);
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    certificate: Buffer.from(pem(whole)),
    key: Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
};

const der = (tag: number, content: Uint8Array): Buffer => {
  const length =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, Buffer.concat(parts));
const time = (moment: string): Buffer => der(0x18, Buffer.from(moment));

/** A zero goes before a first byte that would read as a sign, and nowhere else. */
const integer = (value: number): Buffer => {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  const first = bytes.findIndex((byte, at) => byte !== 0 || at === 4);
  return der(0x02, bytes.subarray(bytes[first]! > 0x7f ? first - 1 : first));
};

const oid = (first: number, second: number, ...rest: readonly number[]): Buffer =>
  der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));

const base128 = (value: number): number[] => {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
};

/** It may sign, which a certificate that is its own root must. */
const authority = sequence(
  oid(2, 5, 29, 19),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
);

const names = sequence(
  oid(2, 5, 29, 17),
  der(0x04, sequence(der(0x82, Buffer.from("localhost")), der(0x87, Buffer.from([127, 0, 0, 1])))),
);

const pem = (content: Buffer): string => {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
};
