/** What every page is given and what it gives back: functions of the viewer and of what is held. */
import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Attempt } from "../forms/attempt.ts";
import type { PageForms } from "../forms/shown.ts";
import type { Answer } from "../http/answer.ts";
import type { Asked } from "../http/asked.ts";
import type { Parts } from "../http/routes.ts";
import type { Caller } from "../http/caller.ts";
import type { Session } from "../http/session.ts";
import type { Files } from "@assay/host/files.ts";
import type { Typesetter } from "@assay/report/typesetter.ts";
import type { Held } from "../reading/held.ts";
import type { Library } from "../reading/library.ts";
import { maySee, type Viewer } from "../reading/viewer.ts";
import type { Sending } from "../sending.ts";
import type { Person } from "../reading/people.ts";
import type { UnsentWords } from "../unsent/unsent.ts";

export type Visit = {
  readonly asked: Asked;
  readonly parts: Parts;
  readonly viewer: Viewer;
  readonly session: Session;
  readonly caller: Caller;
  readonly library: Library;
  readonly store: Pick<EventStore, "append" | "read" | "readAll">;
  readonly now: Instant;
  readonly send: Sending;
  /** Everyone who can be chosen: for signing in, and for teams and panels. */
  readonly people: () => Promise<readonly Person[]>;
  readonly files: Files;
  readonly typesetter: Omit<Typesetter, "of">;
  /** Tells the access log of a sign-in, its refusal or its end, or of a link that was used. */
  readonly note: (noted: Noted) => void;
  /** What people typed and did not send. */
  readonly words: UnsentWords;
  readonly isFormToken: (token: string) => boolean;
  /** Renders a template of `views/` within the layout. */
  readonly render: (page: Page) => Answer;
};

export type Noted = {
  readonly act: "signed-in" | "sign-in-refused" | "signed-out" | "looked" | "denied";
  readonly what: string;
  readonly actor?: Actor;
};

export type Page = {
  readonly view: string;
  readonly title: string;
  readonly status?: number;
  readonly model: Readonly<Record<string, unknown>>;
  readonly forms?: PageForms;
  /** A form of it that was sent and not accepted. */
  readonly attempt?: Attempt;
  readonly headers?: Answer["headers"];
};

export type Handle = (visit: Visit) => Answer | Promise<Answer>;

/** There is nothing to see here, or nothing for this viewer: both look the same. */
export class NotFound extends Error {
  constructor() {
    super("there is no such page");
    this.name = "NotFound";
  }
}

/** Somebody has to sign in first. */
export class SignInNeeded extends Error {
  constructor() {
    super("sign in first");
    this.name = "SignInNeeded";
  }
}

/** The inspection that the path names, where the viewer may see it. */
export const inspectionIn = async ({ library, parts, viewer }: Visit): Promise<Held> => {
  const held = await library.one(parts["inspection"] ?? "");
  if (held && maySee(viewer, held)) return held;
  throw viewer.kind === "public" ? new SignInNeeded() : new NotFound();
};

export const signedIn = ({ viewer }: Visit): Extract<Viewer, { kind: "person" }> => {
  if (viewer.kind === "person") return viewer;
  throw new SignInNeeded();
};
