/** Standard base64 (RFC 4648, section 4), where every byte string has exactly one spelling. */
import { malformed } from "./fault.ts";

export const toBase64 = (bytes: Uint8Array): string => {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
};

/**
 * The bytes that `text` spells. A missing pad, white space or stray low bits are refused, so that
 * no character of a signature or a hash can change unseen.
 */
export const fromBase64 = (text: string): Uint8Array => {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw malformed("not base64", cause);
  }
  if (btoa(binary) !== text) throw malformed("base64 that is not in its one standard spelling");
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
};
