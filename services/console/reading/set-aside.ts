/** What is recorded of one inspection cannot be read: it is not shown until that is mended. */
export class SetAside extends Error {
  readonly code = "set-aside";
  readonly retry = false;

  constructor(inspection: string, why: string) {
    super(`${inspection} is set aside: ${why}`);
    this.name = "SetAside";
  }
}
