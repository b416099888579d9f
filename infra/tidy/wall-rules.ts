/**
 * The walls of the house: what may import what, as dependency-cruiser reads it. ARCHITECTURE.md
 * draws them, `walls.ts` checks them, `walls.test.ts` plants a violation of each.
 */
import type { ICruiseOptions, IForbiddenRuleType } from "dependency-cruiser";

const steps = "announcement|fieldwork|panel|publication";
const step = `^packages/domain/(${steps})/`;
const inSteps = (names: string): string[] => [
  `${step}(${names})\\.ts$`,
  `${step}.+/(${names})\\.ts$`,
];
/** Tests, contract suites and the test language: what may be imported by tests alone. */
const tests = [
  "\\.test\\.ts$",
  "(^|/|-)contract\\.ts$",
  "/contract/",
  "^packages/spec/",
  "^infra/tidy/",
];

/** What tells of every step, from outside: no rule may depend on it. */
const onlookers = [
  "^packages/domain/(audit|reconstruction|reminders|tracking|verification)/",
  "^packages/domain/(steps|facts|permissions|permissions-page)\\.ts$",
];

const rules: readonly (IForbiddenRuleType & { readonly name: string })[] = [
  {
    name: "resolved",
    comment: "An import leads somewhere, and by the package's own door.",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "no-cycles",
    comment: "Two modules that need each other are one, or three.",
    from: {},
    to: { circular: true },
  },
  {
    name: "domain-is-pure",
    comment: "The rules depend on zod, xstate, @noble and each other: no I/O, no node:*.",
    from: { path: "^packages/domain/", pathNot: tests },
    to: {
      couldNotResolve: false,
      pathNot: ["^packages/domain/", "(^|/)node_modules/(zod|xstate|@noble/(hashes|curves))/"],
    },
  },
  {
    name: "kernel-stands-alone",
    comment: "The kernel is what everything else is said in.",
    from: { path: "^packages/domain/kernel/", pathNot: tests },
    to: { path: "^packages/domain/", pathNot: "^packages/domain/kernel/" },
  },
  {
    name: "rules-know-no-step",
    comment: "Framework, sampling and ratings serve the steps, and are told what they need.",
    from: { path: "^packages/domain/(framework|sampling|ratings)/", pathNot: tests },
    to: { path: [step, "^packages/domain/audit/"] },
  },
  {
    name: "steps-share-facts",
    comment: "A step learns of another step through its recorded facts: its events.ts only.",
    from: { path: step, pathNot: tests },
    to: { path: step, pathNot: ["^packages/domain/$1/", "/events\\.ts$"] },
  },
  {
    name: "outsiders-read-facts",
    comment: "What is told about steps, outside of them, is told by their facts and charts.",
    from: { path: "^packages/domain/", pathNot: [step, ...onlookers, ...tests] },
    to: { path: step, pathNot: "/(events|machine)\\.ts$" },
  },
  {
    name: "audit-looks-on",
    comment: "Audit reads every step; no rule depends on being audited.",
    from: { path: "^packages/domain/", pathNot: [...onlookers, ...tests] },
    to: { path: onlookers },
  },
  {
    name: "events-come-first",
    comment: "events <- commands <- machine, decide <- flow, however many modules lie between.",
    from: { path: inSteps("events") },
    to: { path: inSteps("commands|machine|decide|flow"), reachable: true },
  },
  {
    name: "commands-come-second",
    comment: "events <- commands <- machine, decide <- flow, however many modules lie between.",
    from: { path: inSteps("commands") },
    to: { path: inSteps("machine|decide|flow"), reachable: true },
  },
  {
    name: "machine-knows-facts-only",
    comment: "A chart's events are the facts: it knows neither rules nor duties.",
    from: { path: inSteps("machine") },
    to: { path: inSteps("decide|flow"), reachable: true },
  },
  {
    name: "decide-before-flow",
    comment: "What is owed is computed from what was decided, never the other way.",
    from: { path: inSteps("decide") },
    to: { path: inSteps("flow"), reachable: true },
  },
  {
    name: "charts-in-machines",
    comment: "XState lives in machine.ts, and in the kernel's reading of it.",
    from: {
      path: "^(packages|services)/",
      pathNot: ["(^|/)machine\\.ts$", "^packages/domain/kernel/", ...tests],
    },
    to: { path: "(^|/)node_modules/xstate/" },
  },
  {
    name: "parsing-at-borders",
    comment:
      "Steps get parsed values: zod lives in events.ts, commands.ts and the records they use.",
    from: {
      path: "^packages/domain/",
      pathNot: [
        "^packages/domain/(kernel|framework|sampling|ratings)/",
        "^packages/domain/reconstruction/published-file\\.ts$",
        "^packages/domain/facts\\.ts$",
        "/(events|commands)\\.ts$",
        ...tests,
      ],
    },
    to: { path: "(^|/)node_modules/zod/" },
  },
  {
    name: "services-parse-in-config",
    comment: "A service's settings are parsed in config.ts; the host parses commands and facts.",
    from: { path: `^services/(${steps})/`, pathNot: ["/config\\.ts$", ...tests] },
    to: { path: "(^|/)node_modules/zod/" },
  },
  {
    name: "adapters-below-host",
    comment:
      "domain <- store, bus, ledger <- host <- services; the three share the store's port only.",
    from: { path: "^packages/(store|bus|ledger)/", pathNot: tests },
    to: {
      path: "^(packages|services|infra|bench)/",
      pathNot: ["^packages/$1/", "^packages/domain/", "^packages/store/port\\.ts$"],
    },
  },
  {
    name: "vault-above-the-store",
    comment: "domain, store <- vault <- host: it stands before any event store and knows no bus.",
    from: { path: "^packages/vault/", pathNot: tests },
    to: {
      path: "^(packages|services|infra|bench)/",
      pathNot: ["^packages/(vault|domain|store)/"],
    },
  },
  {
    name: "host-knows-no-step",
    comment: "The host carries any step and knows none.",
    from: { path: "^packages/host/", pathNot: tests },
    to: { path: step },
  },
  {
    name: "packages-below-services",
    comment: "A package serves services and knows none.",
    from: { path: "^packages/", pathNot: tests },
    to: { path: "^(services|infra|bench)/" },
  },
  {
    name: "services-stand-apart",
    comment: "Services never import each other: they share facts and send commands.",
    from: { path: "^services/([^/]+)/" },
    to: { path: "^services/", pathNot: "^services/$1/" },
  },
  {
    name: "service-owns-one-step",
    comment: "A service imports its own step whole and of the others only events.ts.",
    from: { path: `^services/(${steps})/`, pathNot: tests },
    to: { path: step, pathNot: ["^packages/domain/$1/", "/events\\.ts$"] },
  },
  {
    name: "services-below-infra",
    comment: "What runs a service is not known to it.",
    from: { path: "^services/", pathNot: tests },
    to: { path: "^(infra|bench)/" },
  },
  {
    name: "tests-stay-outside",
    comment: "Nothing that runs in production imports a test, a suite or the test language.",
    from: { path: "^(packages|services|infra)/", pathNot: tests },
    to: { path: [...tests, "(^|/)node_modules/(vitest|fast-check)/"] },
  },
  {
    name: "bench-stays-outside",
    comment: "The house does not depend on how it is measured.",
    from: { pathNot: "^bench/" },
    to: { path: "^bench/" },
  },
];

export const walls = rules.map((rule) => ({ ...rule, severity: "error" as const }));

export const reading: ICruiseOptions = {
  doNotFollow: { path: "node_modules" },
  /** Type imports are dependencies too: a wall that types climb is no wall. */
  tsPreCompilationDeps: true,
  combinedDependencies: true,
  moduleSystems: ["es6"],
};

export const resolving = {
  exportsFields: ["exports"],
  conditionNames: ["types", "node", "import", "default"],
  extensions: [".ts", ".mjs", ".js", ".d.ts"],
};
