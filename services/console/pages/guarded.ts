/** A form counts only with the token of the session in which its page was made. */
import { type Form, littleBytes, mostBytes } from "../http/asked.ts";
import type { Sessions } from "../http/session.ts";
import { errorPage } from "./error-page.ts";
import type { Handle } from "./page.ts";

export const guarded =
  (sessions: Sessions, handle: Handle): Handle =>
  async (visit) => {
    const most = visit.viewer.kind === "public" ? littleBytes : mostBytes;
    const form: Form = await visit.asked.form(most);
    if (!sessions.isFormToken(visit.session, form.value("_csrf"))) return errorPage(visit, 403);
    return handle({ ...visit, asked: { ...visit.asked, form: () => Promise.resolve(form) } });
  };
