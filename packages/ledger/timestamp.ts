/**
 * RFC 3161 timestamps on checkpoints: the request to send, and what a received token says. A token
 * binds a signed checkpoint to a moment by a third party's clock. The token's own signature needs
 * that party's certificates and is checked with `openssl ts -verify`; here its content is.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { malformed } from "./fault.ts";
import { parseNote, writeNote } from "./note.ts";

/** What a token states: `imprint` is the SHA-256 it was given, `time` its clock's, ISO 8601. */
export type Timestamp = {
  readonly imprint: Uint8Array;
  readonly time: string;
  readonly serial: string;
};

/**
 * The bytes that are timestamped: the checkpoint with its first signature, the log's own. Witnesses
 * may add theirs later; the timestamp shows that the log's signature is no younger than it says.
 */
export const timestampedBytes = (note: string): Uint8Array => {
  const { text, signatures } = parseNote(note);
  return utf8ToBytes(writeNote({ text, signatures: signatures.slice(0, 1) }));
};

/** TimeStampReq (RFC 3161, section 2.4.1): SHA-256, no nonce, certificates wanted. DER. */
export const timestampRequest = (note: string): Uint8Array =>
  concatBytes(
    hexToBytes("30390201013031300d060960864801650304020105000420"),
    sha256(timestampedBytes(note)),
    hexToBytes("0101ff"),
  );

/**
 * What a TimeStampResp or a bare TimeStampToken (RFC 3161, section 2.4.2) in DER states. Throws a
 * LedgerFault when it is refused, is not DER of that form, or hashes with anything but SHA-256.
 */
export const parseTimestamp = (der: Uint8Array): Timestamp => {
  const outer = onlyChild(der, tags.sequence);
  const [first, second] = children(outer);
  const contentInfo = first?.tag === tags.oid ? [first, second] : grantedToken(first, second);
  const [contentType, content] = contentInfo;
  expectOid(contentType, oids.signedData);
  const signedData = children(onlyChild(valueOf(content, tags.explicit0), tags.sequence));
  const [eContentType, eContent] = children(valueOf(signedData[2], tags.sequence));
  expectOid(eContentType, oids.tstInfo);
  const info = onlyChild(valueOf(eContent, tags.explicit0), tags.octets);
  return parseInfo(onlyChild(info, tags.sequence));
};

/** Whether the token was made for exactly this checkpoint. */
export const isTimestampOf = ({ imprint }: Timestamp, note: string): boolean =>
  bytesToHex(imprint) === bytesToHex(sha256(timestampedBytes(note)));

type Element = { readonly tag: number; readonly value: Uint8Array };

const tags = {
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  time: 0x18,
  sequence: 0x30,
  explicit0: 0xa0,
};

/** Object identifiers as they stand in DER: id-signedData, id-ct-TSTInfo, id-sha256. */
const oids = {
  signedData: "2a864886f70d010702",
  tstInfo: "2a864886f70d0109100104",
  sha256: "608648016503040201",
};

/** TimeStampResp: status 0 (granted) or 1 (granted with modifications), then the token. */
const grantedToken = (
  status: Element | undefined,
  token: Element | undefined,
): readonly Element[] => {
  const [code] = children(valueOf(status, tags.sequence));
  const granted = bytesToHex(valueOf(code, tags.integer));
  if (granted !== "00" && granted !== "01") throw malformed("the timestamp was refused");
  return children(valueOf(token, tags.sequence));
};

/** TSTInfo (RFC 3161, section 2.4.2): version, policy, messageImprint, serialNumber, genTime. */
const parseInfo = (info: Uint8Array): Timestamp => {
  const [, , messageImprint, serial, time] = children(info);
  const [algorithm, imprint] = children(valueOf(messageImprint, tags.sequence));
  expectOid(children(valueOf(algorithm, tags.sequence))[0], oids.sha256);
  return {
    imprint: valueOf(imprint, tags.octets),
    serial: bytesToHex(valueOf(serial, tags.integer)),
    time: isoOf(new TextDecoder().decode(valueOf(time, tags.time))),
  };
};

/** GeneralizedTime in UTC, its fraction (if any) kept. */
const isoOf = (time: string): string => {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d+)?)Z$/.exec(time);
  if (match === null) throw malformed("a timestamp's time is not in UTC");
  const [, year, month, day, hour, minute, second] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
};

const expectOid = (element: Element | undefined, oid: string): void => {
  if (bytesToHex(valueOf(element, tags.oid)) !== oid) {
    throw malformed("not a timestamp with SHA-256");
  }
};

const valueOf = (element: Element | undefined, tag: number): Uint8Array => {
  if (element?.tag !== tag) throw malformed("not the DER of a timestamp");
  return element.value;
};

const onlyChild = (bytes: Uint8Array, tag: number): Uint8Array => {
  const [child, ...others] = children(bytes);
  if (others.length > 0) throw malformed("something follows the timestamp");
  return valueOf(child, tag);
};

/** The elements side by side in `bytes`. DER: definite lengths, in their shortest form. */
const children = (bytes: Uint8Array): readonly Element[] => {
  const found: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at]!;
    const { length, start } = lengthAt(bytes, at + 1);
    if (start + length > bytes.length) throw malformed("the timestamp is cut short");
    found.push({ tag, value: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
};

const lengthAt = (bytes: Uint8Array, at: number): { length: number; start: number } => {
  const first = bytes[at];
  if (first === undefined) throw malformed("the timestamp is cut short");
  if (first < 0x80) return { length: first, start: at + 1 };
  const count = first & 0x7f;
  const digits = bytes.subarray(at + 1, at + 1 + count);
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0);
  if (count === 0 || count > 4 || digits.length < count || digits[0] === 0 || length < 0x80) {
    throw malformed("the timestamp's lengths are not DER");
  }
  return { length, start: at + 1 + count };
};
