/**
 * The house rules that a file's name and text can break, each with what to do about it. Formatting,
 * types, walls and dead code have checkers of their own.
 */
import { frameworkWordsIn, mayNotSpeakOfAFramework } from "./framework-words.ts";
import type { HouseFile } from "./house.ts";

export type Breach = { readonly rule: string; readonly path: string; readonly what: string };

/** Looks at one file and says what is wrong with it: nothing, in the usual case. */
type FileRule = {
  readonly rule: string;
  readonly applies: (path: string) => boolean;
  readonly breaches: (file: HouseFile) => readonly string[];
};

/** Looks at all paths together. */
type TreeRule = {
  readonly rule: string;
  readonly breaches: (
    paths: readonly string[],
    files: readonly HouseFile[],
  ) => readonly { readonly path: string; readonly what: string }[];
};

/** Longer than the rule allows, each for a reason that still holds. */
const longFiles: Readonly<Record<string, string>> = {};

const longest = 300;
const widest = 100;
/** Words that belong together stay on one line: a literal, or the name of a test. */
const endsInLiteral = /["'`](, (async )?\([^)]*\) => \{)?[)\],;:]*( \+)?$/;
const isCode = (path: string): boolean => /\.(ts|mjs|js)$/.test(path);
const isTypeScript = (path: string): boolean => path.endsWith(".ts");
/** A test is named after what it tests, and its own names are sentences. */
const isTest = (path: string): boolean => path.endsWith(".test.ts");
const isProse = (path: string): boolean => path.endsWith(".md");
const isData = (path: string): boolean =>
  path === "pnpm-lock.yaml" || path.startsWith("examples/") || path.includes("/golden/");
/** This folder names what it forbids. */
const isTidy = (path: string): boolean => path.startsWith("infra/tidy/");

const linesWith = (text: string, pattern: RegExp, what: (found: string) => string): string[] =>
  text.split("\n").flatMap((line, index) => {
    const found = pattern.exec(line);
    return found ? [`line ${index + 1}: ${what(found[0])}`] : [];
  });

const american: Readonly<Record<string, string>> = {
  color: "colour",
  behavior: "behaviour",
  organization: "organisation",
  center: "centre",
  license: "licence",
  judgment: "judgement",
  canceled: "cancelled",
  analyze: "analyse",
  recognize: "recognise",
  fulfill: "fulfil",
};
const americanWord = new RegExp(`\\b(${Object.keys(american).join("|")})(s|d|al)?\\b`, "i");
/** Code, links and quoted names may be spelt as their owners spell them. */
const proseOf = (markdown: string): string =>
  markdown
    .replace(/```[\s\S]*?```/g, (block) => block.replace(/[^\n]/g, ""))
    .replace(/`[^`\n]*`|\]\([^)]*\)|https?:\S+/g, "");

/** Where XState may be imported; what Assay is measured beside brings its own. */
const mayChart = /^packages\/domain\/(kernel\/chart|(.+\/)?machine)\.ts$|^bench\/peers\//;

const opening = /^(#!.*\n)?\/\*\*\s*\n?(?<body>[\s\S]*?)\*\//;

export const fileRules: readonly FileRule[] = [
  {
    rule: "opens-with-a-comment",
    applies: (path) => isCode(path) && !isTest(path),
    breaches: ({ text }) => {
      const body = opening.exec(text)?.groups?.["body"];
      if (body === undefined)
        return ["say first what the file is and what it promises: /** ... */"];
      return body.trimEnd().split("\n").length > 6 ? ["say it in one to three lines"] : [];
    },
  },
  {
    rule: "short-file",
    applies: (path) => isCode(path) && !(path in longFiles),
    breaches: ({ text }) => {
      const lines = text.trimEnd().split("\n").length;
      return lines > longest ? [`${lines} lines: split it by concept, at most ${longest}`] : [];
    },
  },
  {
    rule: "short-line",
    applies: (path) => isCode(path) && !isData(path),
    breaches: ({ text }) =>
      text
        .split("\n")
        .flatMap((line, index) =>
          line.length > widest && !endsInLiteral.test(line)
            ? [`line ${index + 1}: ${line.length} columns`]
            : [],
        ),
  },
  {
    rule: "finished",
    applies: (path) => (isCode(path) || isProse(path)) && !isTidy(path),
    breaches: ({ text }) =>
      linesWith(
        text,
        /\b(TODO|FIXME|XXX)\b|\bnot implemented\b|\b(it|test|describe)\.(skip|only|todo|fails)\b/,
        (found) => `finish it or take it out: ${found}`,
      ),
  },
  {
    rule: "no-machine-paths",
    applies: (path) => !isTidy(path) && path !== "pnpm-lock.yaml",
    breaches: ({ text }) =>
      linesWith(
        text,
        /(?<![\w.])\/(work|root|Users|home\/\w+)\/|\b[A-Z]:\\Users\\/,
        (found) => `a path of one machine: ${found}`,
      ),
  },
  {
    rule: "no-registry-hosts",
    applies: (path) => !isTidy(path),
    breaches: ({ text }) =>
      linesWith(
        text,
        /\b(registry\.(npmjs|yarnpkg)\.\w+|npm\.pkg\.github\.com|[\w-]+\.jfrog\.io)|tarball: *http/,
        (found) => `where packages come from is the machine's business: ${found}`,
      ),
  },
  {
    rule: "no-barrel",
    applies: (path) => isTypeScript(path) && !isTidy(path),
    breaches: ({ text }) =>
      linesWith(text, /^export \* from /, () => "import from the file that says it"),
  },
  {
    rule: "functional-domain",
    applies: (path) => path.startsWith("packages/domain/") && isTypeScript(path),
    breaches: ({ text }) =>
      linesWith(
        text,
        /^\s*(export )?(abstract )?(class|enum) \w+|^\s*(export )?const enum/,
        (found) => `the domain has functions and data only: ${found.trim()}`,
      ),
  },
  {
    rule: "no-try-in-the-domain",
    applies: (path) => path.startsWith("packages/domain/") && isTypeScript(path),
    breaches: ({ text }) =>
      linesWith(text, /^\s*try \{/, () => "rules answer with a refusal, and a defect is thrown"),
  },
  {
    rule: "facts-say-what-they-mean",
    applies: (path) => /^packages\/domain\/(.+\/)?events\.ts$/.test(path),
    breaches: ({ text }) =>
      [...text.matchAll(/^export const (\w+) = fact\(/gm)].flatMap(({ 1: name, index }) =>
        text.slice(0, index).endsWith("*/\n") ? [] : [`say in a comment what ${name} means`],
      ),
  },
  {
    rule: "charts-in-machines",
    applies: (path) => isTypeScript(path) && !isTest(path) && !isTidy(path) && !mayChart.test(path),
    breaches: ({ text }) =>
      linesWith(text, /from "xstate"/, () => "XState appears in machine.ts and the kernel's chart"),
  },
  {
    rule: "british-spelling",
    applies: (path) => isProse(path),
    breaches: ({ text }) =>
      linesWith(proseOf(text), americanWord, (found) => {
        const stem = Object.keys(american).find((word) => found.toLowerCase().startsWith(word))!;
        return `${found}: ${american[stem]!}`;
      }),
  },
  {
    rule: "framework-words",
    applies: mayNotSpeakOfAFramework,
    breaches: ({ path, text }) => frameworkWordsIn(path, text),
  },
  {
    rule: "one-form-system",
    applies: (path) => path.endsWith(".njk") && path !== "services/console/views/forms.njk",
    breaches: ({ text }) =>
      linesWith(
        text,
        /<(?:form|input|select|textarea)\b/,
        (found) => `${found}: describe it as data, and show it by views/forms.njk`,
      ),
  },
];

const nameless = /(^|\/)(utils?|common|helpers?|shared|misc)(\/|\.ts$)|(^|\/)(types|index)\.ts$/;
const kebab = /^\.?[a-z0-9]+([-.][a-z0-9]+)*$/;
/** Names that tools look for. */
const given = /^(README|ARCHITECTURE|CONTRIBUTING|STYLE|LICENSE|SECURITY|Containerfile)(\.md)?$/;
const steps = ["announcement", "fieldwork", "panel", "publication"];
const stepFiles = ["events.ts", "commands.ts", "machine.ts", "decide.ts", "flow.ts"];

export const treeRules: readonly TreeRule[] = [
  {
    rule: "kebab-case",
    breaches: (paths) =>
      paths
        .filter((path) => path.split("/").some((name) => !kebab.test(name) && !given.test(name)))
        .map((path) => ({ path, what: "lower-case words with hyphens" })),
  },
  {
    rule: "named-for-its-concept",
    breaches: (paths) =>
      paths
        .filter((path) => nameless.test(path))
        .map((path) => ({ path, what: "name it after what it holds" })),
  },
  {
    rule: "five-files-a-step",
    breaches: (paths) =>
      steps.flatMap((step) =>
        stepFiles
          .map((name) => `packages/domain/${step}/${name}`)
          .filter((path) => !paths.includes(path))
          .map((path) => ({ path, what: "every step has its five files" })),
      ),
  },
  {
    rule: "numbered-decisions",
    breaches: (paths) => {
      const records = paths.filter((path) => path.startsWith("docs/decisions/"));
      const numbers = records.map((path) => /^docs\/decisions\/(\d{4})-/.exec(path)?.[1]);
      return records.flatMap((path, index) => {
        const number = numbers[index];
        if (number === undefined) return [{ path, what: "name it NNNN-what-was-decided.md" }];
        if (numbers.indexOf(number) !== index) return [{ path, what: "its number is taken" }];
        return Number(number) > records.length ? [{ path, what: "a number was left out" }] : [];
      });
    },
  },
  {
    rule: "named-paths",
    breaches: (paths, files) => {
      const exists = new Set(
        paths.flatMap((path) =>
          path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/")),
        ),
      );
      return files
        .filter(({ path }) => isProse(path))
        .flatMap(({ path, text }) =>
          [...text.matchAll(/`((?:packages|services|infra|docs|examples)\/[\w./-]+?)\/?`/g)]
            .filter(([, named]) => !exists.has(named!))
            .map(([, named]) => ({ path, what: `there is no ${named}` })),
        );
    },
  },
];

export const breachesOf = (files: readonly HouseFile[]): readonly Breach[] => {
  const paths = files.map(({ path }) => path);
  return [
    ...treeRules.flatMap(({ rule, breaches }) =>
      breaches(paths, files).map((breach) => ({ rule, ...breach })),
    ),
    ...fileRules.flatMap(({ rule, applies, breaches }) =>
      files
        .filter(({ path }) => applies(path))
        .flatMap((file) => breaches(file).map((what) => ({ rule, path: file.path, what }))),
    ),
  ];
};
