/** Server-sent events: that something was recorded, never what. The page is then asked for anew. */
import type { PersonId } from "@assay/domain/kernel/ids.ts";

import type { Answer } from "../http/answer.ts";
import type { Sessions } from "../http/session.ts";
import type { Live } from "../reading/live.ts";
import { maySee } from "../reading/viewer.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, inspectionIn, signedIn } from "./page.ts";

/** How often it is asked whether the session lasts, in milliseconds. */
const pulse = 5_000;

/** After so many pulses a sign of life: proxies close what is silent for long. */
const quiet = 4;

/** Open at once for one person, in all their windows. */
export const mostOpen = 100;

const opened = "retry: 3000\n\n";

/**
 * About one inspection, or where the path names none about any that the viewer may see; as long as
 * their session lasts.
 */
export const livePage = (live: Live, { lasts }: Pick<Sessions, "lasts">): Handle => {
  const open = new Map<PersonId, number>();
  return async (visit): Promise<Answer> => {
    const viewer = signedIn(visit);
    const { id } = viewer.actor;
    if ((open.get(id) ?? 0) >= mostOpen) return errorPage(visit, 429);
    const one = visit.parts["inspection"];
    if (one !== undefined) await inspectionIn(visit);
    const concerns = async (inspection: string): Promise<boolean> => {
      if (one !== undefined) return inspection === one;
      const held = await visit.library.listed(inspection);
      return held !== undefined && maySee(viewer, held);
    };
    return {
      status: 200,
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        // nginx would otherwise keep what is said until it fills a buffer.
        "x-accel-buffering": "no",
      },
      body: "",
      follow: (write, end) => {
        const others = open.get(id) ?? 0;
        // Several may have come to this point together.
        if (others >= mostOpen) return (end(), () => undefined);
        open.set(id, others + 1);
        const tell = (text: string): void => (lasts(visit.session) ? write(text) : end());
        let beats = 0;
        const beat = setInterval(() => {
          beats += 1;
          tell(beats % quiet === 0 ? ": still here\n\n" : "");
        }, pulse);
        const { began, deafen } = live.listen((inspection) => {
          void concerns(inspection).then((yes) => {
            if (yes) tell(`event: recorded\ndata: ${inspection}\n\n`);
          });
        });
        // From here on nothing is missed.
        void began.then(() => tell(opened));
        return () => {
          clearInterval(beat);
          deafen();
          const left = open.get(id)! - 1;
          if (left > 0) open.set(id, left);
          else open.delete(id);
        };
      },
    };
  };
};
