/** One log of many processes, as a person reads it. */

/** What stands in every line of our own log, or is said by the name in front. */
const known = new Set(["level", "time", "service", "msg"]);

/** A line as a person reads it: our services' JSON in words, anybody else's as it is. */
export const readable = (line: string): string => {
  const parsed = asObject(line);
  if (parsed === undefined) return line;
  const rest = Object.entries(parsed).flatMap(([key, value]) =>
    known.has(key) ? [] : [`${key}=${inWords(value)}`],
  );
  const level = parsed["level"] === "info" ? "" : `${String(parsed["level"]).toUpperCase()}: `;
  return [`${level}${String(parsed["msg"])}`, ...rest].join("  ");
};

const asObject = (line: string): Readonly<Record<string, unknown>> | undefined => {
  if (!line.startsWith("{")) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    const isLog = typeof parsed === "object" && parsed !== null && "msg" in parsed;
    return isLog ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
};

/** An error by its code, since the whole of it is in the file. */
const inWords = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if ("code" in value && typeof value.code === "string") return value.code;
  if ("message" in value && typeof value.message === "string") return value.message;
  return JSON.stringify(value);
};
