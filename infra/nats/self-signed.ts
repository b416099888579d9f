/**
 * A certificate for this machine that vouches for itself and lasts a day, so that encrypted
 * connections can be tested without any tool. X.509 version 3, ECDSA over P-256 (RFC 5280, 5480).
 */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export type SelfSigned = { readonly cert: string; readonly key: string };

export const selfSigned = (now: Date = new Date()): SelfSigned => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nobody,
    sequence(time(now, -60), time(now, 24 * 60)),
    nobody,
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(forThisMachine, mayVouch)),
  );
  const signature = sign("sha256", body, privateKey);
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), signature));
  return {
    cert: pem("CERTIFICATE", der),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
};

const tagged = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts);
const explicit = (number: number, part: Buffer): Buffer => tagged(0xa0 + number, part);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, "hex"));

/** Minutes from `now`, as UTCTime: `YYMMDDhhmmssZ`. */
const time = (now: Date, minutes: number): Buffer => {
  const iso = new Date(now.getTime() + minutes * 60_000).toISOString();
  return tagged(0x17, Buffer.from(`${iso.replaceAll(/[-:T]/g, "").slice(2, 14)}Z`));
};

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));

/** Common name (2.5.4.3): who it is does not matter here. */
const nobody = sequence(
  tagged(0x31, sequence(oid("550403"), tagged(0x0c, Buffer.from("assay test")))),
);

/** Subject alternative names (2.5.29.17): 127.0.0.1 and localhost. */
const forThisMachine = sequence(
  oid("551d11"),
  tagged(
    0x04,
    sequence(tagged(0x87, Buffer.from([127, 0, 0, 1])), tagged(0x82, Buffer.from("localhost"))),
  ),
);

/** Basic constraints (2.5.29.19), critical: it may sign certificates, its own for one. */
const mayVouch = sequence(
  oid("551d13"),
  tagged(0x01, Buffer.from([0xff])),
  tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff])))),
);

const pem = (label: string, der: Buffer): string => {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
};
