/** How a connection to NATS is made. */
export type NatsOptions = {
  /**
   * One server or several of a cluster, separated by commas: `nats://host:4222`, or `tls://…` for
   * an encrypted wire. A user and password may stand before the host.
   */
  readonly url: string;
  /** Shown by the server's monitoring. */
  readonly name?: string;
  /** The text of a `.creds` file. */
  readonly credentials?: string;
  /** Who we are by now, asked each time a lost connection is made again. */
  readonly again?: () => Pick<NatsOptions, "url" | "credentials">;
  readonly tls?: {
    readonly caFile?: string;
    readonly certFile?: string;
    readonly keyFile?: string;
  };
  /** How long to wait for a connection, in milliseconds; default 5,000. */
  readonly timeout?: number;
};
