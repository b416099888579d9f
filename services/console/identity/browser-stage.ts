/** A browser as far as signing in needs one: cookies by origin, redirects, pages that go on. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(url: string, init: RequestInit = {}): Promise<Response> {
    let next = url;
    let method = init;
    for (let step = 0; step < 15; step += 1) {
      const answer = await this.#ask(next, method);
      const to = onwards(answer);
      if (to === undefined) return answer;
      next = new URL(to, next).href;
      method = {};
    }
    throw new Error("it goes round in circles");
  }

  /** Where one answer sends the browser, which stays. */
  async step(url: string): Promise<string> {
    return new URL(onwards(await this.#ask(url, {}))!, url).href;
  }

  async #ask(url: string, init: RequestInit): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.cookiesOf(origin);
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, ...(cookie && { cookie }) };
    const answer = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  cookiesOf(origin: string): Map<string, string> {
    return this.#cookies.get(new URL(origin).origin) ?? new Map<string, string>();
  }
}

const onwards = ({ status, headers }: Response): string | undefined => {
  const location = headers.get("location");
  if (location !== null && status >= 300 && status <= 399) return location;
  return /^0; url=(.+)$/.exec(headers.get("refresh") ?? "")?.[1];
};
