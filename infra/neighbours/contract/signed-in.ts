/**
 * The people of a story, who sign in at the console through a provider and send what they send as
 * a page does: with their session's cookie and its form token.
 */
import { BusFault, type CommandBus } from "@assay/bus/port.ts";
import { formToken } from "@assay/console/contract/behind-provider.ts";
import { Browser } from "@assay/console/identity/browser-stage.ts";
import type { ProviderStage } from "@assay/console/identity/provider-stage.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { Reply } from "@assay/domain/kernel/envelope.ts";
import { pause } from "@assay/host/fault.ts";

export type SignedIn = {
  readonly browser: Browser;
  /** The page that signing in led to. */
  readonly page: Response;
  readonly text: string;
};

/** A command's time is the console's, which hears of it a moment after the story's teller. */
const hearsWithin = 10_000;

export const openPeople = (provider: ProviderStage, origin: string) => {
  const sessions = new Map<string, Promise<SignedIn & { readonly token: string }>>();
  let before: Promise<unknown> = Promise.resolve();

  /** One at a time: the provider is told who sits there. */
  const signIn = (account: string, from = "/"): Promise<SignedIn> => {
    const signing = before.then(async () => {
      const browser = new Browser();
      provider.setPerson(account);
      const page = await browser.open(`${origin}/sign-in?next=${encodeURIComponent(from)}`);
      return { browser, page, text: await page.text() };
    });
    before = signing.catch(() => undefined);
    return signing;
  };

  const sessionOf = ({ id, role, service }: Actor) => {
    const found = sessions.get(id);
    if (found) return found;
    const account = { preferred_username: id, name: nameOf(id), roles: [role] };
    provider.accounts.set(id, { ...account, ...(service !== undefined && { service }) });
    const session = signIn(id).then((signed) => {
      const token = formToken(signed.text);
      if (token === "") throw new Error(`${id} is not signed in: ${signed.page.url}`);
      return { ...signed, token };
    });
    sessions.set(id, session);
    return session;
  };

  const send: CommandBus["send"] = async (_step, { id, command }) => {
    const { at: _at, by, ...said } = command as typeof command & { readonly by: Actor };
    const { browser, token } = await sessionOf(by);
    for (const until = Date.now() + hearsWithin; ; await pause(200)) {
      const answer = await browser.open(`${origin}/api/v1/commands`, {
        method: "POST",
        headers: {
          ...{ "content-type": "application/json", "x-csrf-token": token },
          "idempotency-key": id,
        },
        body: JSON.stringify(said),
      });
      const reply = await replyOf(answer);
      if (reply.accepted || Date.now() > until) return reply;
    }
  };
  return { signIn, sessionOf, bus: { send } };
};

/** As the provider has it: a name that does not follow from the id. */
export const nameOf = (id: string): string => `Zoe ${id.toUpperCase()}`;

const replyOf = async (answer: Response): Promise<Reply> => {
  const text = await answer.text();
  if (answer.status === 429 || answer.status >= 500)
    throw new BusFault("timeout", `${answer.status} ${text}`, { retry: true });
  const told = JSON.parse(text) as { readonly refusal?: { readonly reason: string } };
  if (!answer.ok && told.refusal === undefined) throw new Error(`${answer.status} ${text}`);
  return Reply.parse(answer.ok ? told : { accepted: false, refusal: told.refusal });
};
