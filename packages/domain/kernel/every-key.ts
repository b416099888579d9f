/**
 * A record's members in an order that is written by hand and leaves none out: what a digest covers
 * is listed with this, so that a member more does not compile until the digest covers it.
 */

type Whole<All extends PropertyKey, Listed extends PropertyKey> = [All] extends [Listed]
  ? unknown
  : { readonly leftOut: Exclude<All, Listed> };

/** `everyKeyOf<Row>()(["a", "b"])`: those keys, where they are all that `Row` has. */
export const everyKeyOf =
  <Row extends object>() =>
  <const Keys extends readonly (keyof Row)[]>(keys: Keys & Whole<keyof Row, Keys[number]>): Keys =>
    keys;
