/** A page of the public site, before its head and foot are put around it. */
export type Page = {
  readonly path: string;
  /** Where the site begins; by default it follows from the path. */
  readonly home?: string;
  readonly heading: string;
  readonly description: string;
  /** HTML, every word of it escaped. */
  readonly body: string;
  readonly trail?: readonly { readonly href: string; readonly label: string }[];
  readonly script?: boolean;
};
