/**
 * Something that a check found in a draft. An error keeps a report back; a warning wants a person's
 * eye; a hint would make it read better.
 */
export type Finding = {
  readonly place: string;
  readonly problem: string;
  readonly severity: "error" | "warning" | "hint";
};
