/** What an operator looks at first: whatever was set aside, why, and how to go on. */
import { asidesTold } from "../reading/asides.ts";
import type { Handle } from "./page.ts";

export const operationsPage: Handle = async ({ render, store }) =>
  render({
    view: "operations",
    title: "Operations",
    model: { wide: true, asides: await asidesTold(store) },
  });
