/**
 * Small faults in a file's code: one place written otherwise, each of a kind that people make. The
 * text around it stays as it is, so that a fault is told by its line and by both wordings.
 */
import { parseSync } from "vite";

export type Mutation = {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly becomes: string;
};

type Node = { readonly type: string; readonly start: number; readonly end: number } & {
  readonly [member: string]: unknown;
};

type Change = Omit<Mutation, "kind"> & { readonly kind?: string };
type Mutator = (node: Node, source: string) => readonly (Change | undefined)[];

const textOf = (source: string, { start, end }: Node): string => source.slice(start, end);

const instead = ({ start, end }: Node, becomes: string): Change => ({ start, end, becomes });

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const negated = (key: string, source: string, node: Node): Change | undefined => {
  const test = node[key];
  return isNode(test) ? instead(test, `!(${textOf(source, test)})`) : undefined;
};

const opposite: Readonly<Record<string, readonly [kind: string, becomes: string]>> = {
  "<": ["bound", "<="],
  "<=": ["bound", "<"],
  ">": ["bound", ">="],
  ">=": ["bound", ">"],
  "===": ["condition", "!=="],
  "!==": ["condition", "==="],
  "&&": ["condition", "||"],
  "||": ["condition", "&&"],
  "+": ["arithmetic", "-"],
  "-": ["arithmetic", "+"],
  "*": ["arithmetic", "/"],
  "/": ["arithmetic", "*"],
  "%": ["arithmetic", "*"],
};

const isText = ({ type, value }: Node): boolean =>
  type === "TemplateLiteral" || (type === "Literal" && typeof value === "string");

const otherOperator: Mutator = (node, source) => {
  const { left, right, operator } = node as Node & { left: Node; right: Node; operator: string };
  const found = opposite[operator];
  if (!found || (operator === "+" && (isText(left) || isText(right)))) return [];
  const [kind, becomes] = found;
  const sides = [textOf(source, left), textOf(source, right)];
  return [{ ...instead(node, sides.join(` ${becomes} `)), kind }];
};

/** Words have a blank or a sign of per cent, or are one word; types hold the names of facts. */
const isRead = (text: string): boolean => /[\s%£–]|^[A-Z][a-z]*$/.test(text) && /\w|%/.test(text);

/** Digits change places and words get one more, so that each part of a label is looked at. */
const misread = (text: string): string => (/%/.test(text) ? text.replace("%", "") : `${text}x`);

const otherLiteral: Mutator = (node) => {
  const { value } = node;
  if (typeof value === "boolean") return [{ ...instead(node, String(!value)), kind: "value" }];
  if (typeof value === "number") return [{ ...instead(node, String(value + 1)), kind: "value" }];
  if (typeof value !== "string" || !isRead(value)) return [];
  return [instead(node, JSON.stringify(misread(value)))];
};

const otherTemplate: Mutator = (node, source) => {
  const quasis = node["quasis"] as readonly { readonly value: { readonly raw: string } }[];
  const text = textOf(source, node);
  return quasis.map(({ value: { raw } }) => {
    if (!/\w\w|%/.test(raw) || text.split(raw).length !== 2) return undefined;
    return instead(
      node,
      text.replace(raw, () => misread(raw)),
    );
  });
};

/** The place with the comma after it, or before it where it is the last. */
const without = (part: Node, source: string): Change => {
  const after = /^\s*,/.exec(source.slice(part.end));
  if (after) return { start: part.start, end: part.end + after[0].length, becomes: "" };
  const before = /,\s*$/.exec(source.slice(0, part.start));
  return { start: part.start - (before?.[0].length ?? 0), end: part.end, becomes: "" };
};

/** What a chart says of its types is read by nobody but the compiler. */
const saysTypes = (text: string): boolean => /^types: \{[^}]*\{\} as /.test(text);

const removedFrom =
  (key: string): Mutator =>
  (node, source) =>
    (node[key] as readonly (Node | null)[]).map((part) =>
      part && !saysTypes(textOf(source, part)) ? without(part, source) : undefined,
    );

const swapped: Mutator = (node, source) => {
  const [first, second] = node["arguments"] as readonly Node[];
  if (!first || !second || [first, second].some(({ type }) => type === "SpreadElement")) return [];
  const between = source.slice(first.end, second.start);
  const becomes = textOf(source, second) + between + textOf(source, first);
  return [{ start: first.start, end: second.end, becomes }];
};

const nothingInstead = (part: unknown): readonly Change[] =>
  isNode(part) && part["name"] !== "undefined" ? [instead(part, "undefined")] : [];

const nothingReturned: Mutator = ({ argument }) => nothingInstead(argument);

const nothingComputed: Mutator = ({ body, expression }) => (expression ? nothingInstead(body) : []);

const removed: Mutator = (node, source) =>
  textOf(source, node).startsWith('"use') ? [] : [instead(node, ";")];

const tested: Mutator = (node, source) => [negated("test", source, node)];

const mutators: Readonly<Record<string, readonly [kind: string, Mutator]>> = {
  IfStatement: ["condition", tested],
  ConditionalExpression: ["condition", tested],
  BinaryExpression: ["condition", otherOperator],
  LogicalExpression: ["condition", otherOperator],
  Literal: ["words", otherLiteral],
  TemplateLiteral: ["words", otherTemplate],
  ExpressionStatement: ["statement removed", removed],
  ThrowStatement: ["statement removed", removed],
  ArrayExpression: ["element removed", removedFrom("elements")],
  ObjectExpression: ["property removed", removedFrom("properties")],
  CallExpression: ["arguments swapped", swapped],
  ReturnStatement: ["nothing returned", nothingReturned],
  ArrowFunctionExpression: ["nothing returned", nothingComputed],
};

/** Types, imports and names are no behaviour. */
const isSilent = (node: Node): boolean =>
  /^TS(?!As|Satisfies|NonNull)|^Import|^ExportAll/.test(node.type);

/** Members that are no expression of their own: a property's name, an argument of a type. */
const named = new Set(["key", "typeAnnotation", "typeParameters", "typeArguments", "returnType"]);

const childrenOf = (node: Node): readonly Node[] =>
  Object.entries(node).flatMap(([key, value]) =>
    named.has(key) ? [] : (Array.isArray(value) ? value : [value]).filter(isNode),
  );

/** Every mutation of this source, in its order. `name` tells the language. */
export const mutationsOf = (name: string, source: string): readonly Mutation[] => {
  const found: Mutation[] = [];
  const visit = (node: Node): void => {
    if (isSilent(node) || saysTypes(textOf(source, node))) return;
    const [kind, mutator] = mutators[node.type] ?? [];
    for (const change of mutator?.(node, source) ?? [])
      if (change) found.push({ kind: kind!, ...change });
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parseSync(name, source).program as object as Node);
  return found;
};

export const mutated = (source: string, { start, end, becomes }: Mutation): string =>
  source.slice(0, start) + becomes + source.slice(end);
