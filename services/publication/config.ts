/** What the publication service reads from its environment. */
import {
  type Environment,
  Misconfigured,
  outwardUrl,
  consoleUrl,
  publisherUrl,
  readEnvironment,
  standaloneOn,
} from "@assay/host/environment.ts";
import { readJson } from "@assay/host/json-text.ts";
import type { Witness } from "@assay/ledger/attest.ts";
import { parseVerifierKey, signatureTypes } from "@assay/ledger/note.ts";
import { z } from "zod";

const KeyList = z.object({
  keys: z.array(z.string()).readonly(),
  rotations: z.array(z.string()).readonly(),
});

const formerKeys = z.string().transform((text, context) => {
  const json = readJson(text);
  const parsed = KeyList.safeParse(json.ok ? json.value : undefined);
  if (parsed.success) return parsed.data;
  context.addIssue("must be JSON with keys and rotations, as assay keys list --json prints it");
  return z.NEVER;
});

const witnessIn = (line: string): Witness | undefined => {
  const [url = "", key = "", ...rest] = line.split(/\s+/);
  if (!/^https?:\/\//.test(url) || rest.length > 0) return undefined;
  try {
    const parsed = parseVerifierKey(key);
    return parsed.type === signatureTypes.cosignature ? { url, key: parsed } : undefined;
  } catch {
    return undefined;
  }
};

const witnesses = z.string().transform((text, context): readonly Witness[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const witness = witnessIn(line);
      if (witness) return witness;
      context.addIssue(`must be an address, a space and a witness's verifier key: not ${line}`);
      return z.NEVER;
    }),
);

/** Whose site it is, where it is put (a folder, or a named bucket), and who attests the ledger. */
const publishing = {
  PUBLISHER_NAME: z.string().min(1).default("Assay demonstration"),
  PUBLISHER_URL: publisherUrl.default("https://assay.example/"),
  /** Where people find the console: pages of the site lead to the inspection there. */
  CONSOLE_URL: consoleUrl.optional(),
  /** How readers reach the publisher, such as an e-mail address. */
  PUBLISHER_CONTACT: z.string().min(1).max(300).optional(),
  SITE_BUCKET: z.string().min(3).max(63).optional(),
  /** What every key begins with; empty, or ending with a slash. */
  SITE_PREFIX: z
    .string()
    .regex(/^([^/\s]+\/)+$/, "must end with a slash and begin with none")
    .default(""),
  /** Where S3-compatible storage other than Amazon's answers. */
  S3_ENDPOINT: outwardUrl.optional(),
  S3_REGION: z.string().min(1).default("eu-west-2"),
  S3_PATH_STYLE: z.enum(["yes", "no"], "must be yes or no").default("no"),
  /** Both, or neither: then the storage's own way of finding out who asks, such as a role. */
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** Witnesses to ask for cosignatures, each as an address, a space and its verifier key. */
  WITNESSES: witnesses.optional(),
  /** The name under which the inspectorate signs, such as `inspectorate.example/assay`. */
  AUTHORITY: z
    .string()
    .regex(/^[^\s+]+$/, "must be a name without spaces or plus signs")
    .optional(),
  /** A key of the deployment's own: PKCS#8 in PEM, or a 32-byte seed in base64. */
  SIGNING_KEY: z.string().min(1).optional(),
  /** The socket of an SSH agent that signs, with the one key that it is to sign with. */
  SIGNING_AGENT: z.string().startsWith("/", "must be the path of an agent's socket").optional(),
  SIGNING_PUBLIC_KEY: z
    .string()
    .startsWith("ssh-ed25519 ", "must be a line of `ssh-add -L` that begins ssh-ed25519")
    .optional(),
  /** The keys before it, with how each led to the next: what `assay keys list --json` prints. */
  FORMER_KEYS: formerKeys.optional(),
  /** A timestamping authority (RFC 3161) to ask for timestamps. */
  TIMESTAMP_URL: z.url({ protocol: /^https?$/, error: "must be an address" }).optional(),
};

const shape = {
  ...standaloneOn(4604),
  ...publishing,
  /** Said by whoever publishes: what it signs and writes keeps these names for ever. */
  PUBLISHER_NAME: publishing.PUBLISHER_NAME.unwrap().optional(),
  PUBLISHER_URL: publishing.PUBLISHER_URL.unwrap().optional(),
  /**
   * Whether this replica writes reports and signs checkpoints. One replica does, because there is
   * one key and one site; the others take commands.
   */
  PUBLISHES: z.enum(["yes", "no"], "must be yes or no").default("no"),
  /** `yes`: this publisher takes another one's place for good, with a new key if it has none. */
  PUBLISHER_BEGINS: z.literal("yes", { error: "can only be yes" }).optional(),
  /** Where keys, records and the site are kept; `DATA_DIR` unless set. */
  PUBLISHING_DIR: z.string().min(1).optional(),
};

const named = ["AUTHORITY", "PUBLISHER_NAME", "PUBLISHER_URL"] as const;

export const readConfig = (environment: Environment) => {
  const config = readEnvironment(shape, environment, (found) =>
    named
      .filter((name) => found.PUBLISHES === "yes" && found[name] === undefined)
      .map((name) => `${name} is needed where PUBLISHES is yes: it is signed or written for ever`),
  );
  const { PUBLISHER_NAME, PUBLISHER_URL } = readEnvironment(publishing, environment);
  return withWholePairs({ ...config, PUBLISHER_NAME, PUBLISHER_URL });
};

/** What an engine in one process reads of this: whose site it is and where it is put. */
export const readPublishing = (environment: Environment): PublishingConfig =>
  withWholePairs(readEnvironment(publishing, environment));

export type PublishingConfig = z.output<z.ZodObject<typeof publishing>>;

const pairs = [
  ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"],
  ["SIGNING_AGENT", "SIGNING_PUBLIC_KEY"],
] as const;

const withWholePairs = <Config extends PublishingConfig>(config: Config): Config => {
  const problems = pairs
    .filter(([one, other]) => (config[one] === undefined) !== (config[other] === undefined))
    .map(([one, other]) => `${one} and ${other} are set both, or neither`);
  if (config.SIGNING_KEY !== undefined && config.SIGNING_AGENT !== undefined)
    problems.push("SIGNING_KEY and SIGNING_AGENT name two keys: set one of them");
  if (problems.length === 0) return config;
  throw new Misconfigured(problems);
};
