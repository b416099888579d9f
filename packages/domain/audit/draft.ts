/** A type while it is being filled in: the same members, open to be written. */
export type Draft<Type> = {
  -readonly [Key in keyof Type]: Type[Key] extends ReadonlyMap<infer Name, infer Value>
    ? Map<Name, Value>
    : Type[Key] extends ReadonlySet<infer Value>
      ? Set<Value>
      : Type[Key] extends readonly (infer Value)[]
        ? Value[]
        : Type[Key];
};
