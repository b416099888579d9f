/** Paths with named parts, such as `/inspections/:inspection`, and what answers them. */

export type Parts = Readonly<Record<string, string>>;

export type Route<Handle> = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly handle: Handle;
};

export type Found<Handle> =
  | { readonly found: true; readonly route: Route<Handle>; readonly parts: Parts }
  /** `allowed`: the methods that the path takes, none when nobody knows it. */
  | { readonly found: false; readonly allowed: readonly string[] };

export const createRouter = <Handle>(
  routes: readonly Route<Handle>[],
): ((method: string, path: string) => Found<Handle>) => {
  const patterns = routes.map((route) => ({ route, segments: route.path.split("/") }));
  return (method, path) => {
    const given = path.length > 1 ? path.replace(/\/$/, "") : path;
    const asked = given.split("/");
    const fitting = patterns.flatMap(({ route, segments }) => {
      const parts = match(segments, asked);
      return parts ? [{ route, parts }] : [];
    });
    const wanted = method === "HEAD" ? "GET" : method;
    const chosen = fitting.find(({ route }) => route.method === wanted);
    return chosen
      ? { found: true, ...chosen }
      : { found: false, allowed: [...new Set(fitting.map(({ route }) => route.method))] };
  };
};

const match = (segments: readonly string[], asked: readonly string[]): Parts | undefined => {
  if (segments.length !== asked.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = decoded(asked[index]!);
    if (given === undefined) return undefined;
    if (!segment.startsWith(":")) {
      if (segment !== given) return undefined;
    } else if (given === "") return undefined;
    else parts[segment.slice(1)] = given;
  }
  return parts;
};

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};
