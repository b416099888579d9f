/** A fact in one line, from what it holds beside its words about children. */
import type { AnyFact } from "@assay/domain/facts.ts";

import { eventName, personName, plain } from "./names.ts";

/** What is said elsewhere on the line, or is too long for one. */
const left = new Set(["type", "at", "by", "text", "basis", "keyQuestions", "standards", "cases"]);

export const eventInWords = (fact: AnyFact): string => {
  const details = Object.entries(fact).flatMap(([key, value]) => {
    if (left.has(key)) return [];
    const told = detail(key, value);
    return told === undefined ? [] : [told];
  });
  return [eventName(fact.type), ...details].join(" · ");
};

const people = new Set(["to", "from", "member", "chair", "with", "person"]);

const detail = (key: string, value: unknown): string | undefined => {
  if (typeof value === "boolean") return value ? plain(key) : undefined;
  if (typeof value === "number") return `${plain(key).toLowerCase()} ${value}`;
  if (typeof value !== "string" || value.length > 60) return undefined;
  return people.has(key) && /^[a-z][a-z0-9.-]*$/.test(value)
    ? `${key} ${personName(value)}`
    : value;
};
