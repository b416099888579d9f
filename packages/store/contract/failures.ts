/** Failures on demand for the stores that live in this process. */
import type { Interruption } from "../interruption.ts";
import type { Subject } from "./subject.ts";

export const failures = (): Pick<Subject, "failNext"> & { readonly interrupt: Interruption } => {
  let armed: { readonly moment: "before" | "after"; fired: boolean } | undefined;
  return {
    interrupt: (moment) => {
      if (armed?.moment !== moment) return;
      armed.fired = true;
      armed = undefined;
      throw new Error("injected");
    },
    failNext: (how) => {
      const next = {
        moment: how === "lost" ? ("before" as const) : ("after" as const),
        fired: false,
      };
      armed = next;
      return () => next.fired;
    },
  };
};
