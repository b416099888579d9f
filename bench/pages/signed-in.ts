/** Somebody of the demonstration, as the console knows them from then on. */

/** The cookie of whoever the demonstration sign-in knows by this beginning of their key. */
export const signedIn = async (origin: string, who: string): Promise<string> => {
  if (who === "public") return "";
  const page = await fetch(`${origin}/sign-in`);
  const begun = page.headers.get("set-cookie")?.split(";")[0] ?? "";
  const text = await page.text();
  const csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const person = new RegExp(`value="(${who}[^"]*)"`).exec(text)?.[1] ?? "";
  const answer = await fetch(`${origin}/sign-in`, {
    method: "POST",
    headers: { cookie: begun },
    body: new URLSearchParams({ _csrf: csrf, person, next: "/" }),
    redirect: "manual",
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
};
