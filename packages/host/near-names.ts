/** Variables whose names begin like one that is read, or differ from it by one sign. */

/** Shorter names are other programs' as well. */
const shortest = 6;

/** Each as words for whoever set it, such as `NATS_REPLICA is read by nobody: …`. */
export const nearNames = (
  known: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] => {
  const read = new Set(known.flatMap((name) => [name, `${name}_FILE`]));
  return Object.keys(environment)
    .filter((name) => name.length >= shortest && environment[name] && !read.has(name))
    .flatMap((name) => {
      const meant = known.find((each) => each.startsWith(name) || differsByOne(each, name));
      return meant === undefined ? [] : [`${name} is read by nobody: ${meant} is`];
    });
};

/** One sign more, less or other. */
const differsByOne = (known: string, name: string): boolean => {
  if (known.length < shortest) return false;
  const [short, long] = known.length <= name.length ? [known, name] : [name, known];
  if (long.length - short.length > 1) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  const rest = short.length === long.length ? same + 1 : same;
  return short.slice(rest) === long.slice(same + 1);
};
