/** What can be wrong with a ledger's bytes, keys or history, told apart by a stable code. */
export class LedgerFault extends Error {
  readonly code:
    | "malformed"
    | "unknown-signer"
    | "bad-signature"
    | "inconsistent"
    | "key-exposed"
    | "key-missing"
    | "key-unusable";
  /** The same bytes, key or history will be just as wrong the next time. */
  readonly retry = false;

  constructor(
    code: LedgerFault["code"],
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = "LedgerFault";
    this.code = code;
  }
}

export const malformed = (message: string, cause?: unknown): LedgerFault =>
  new LedgerFault("malformed", message, { cause });
