/** Refusals of what does not fit the named framework: see `framework-refusals.test.ts`. */
export type ByFramework =
  | "BeforeTheFramework"
  | "UnknownFramework"
  | "UnknownKind"
  | "UnknownPartner";
