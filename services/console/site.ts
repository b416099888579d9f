/** Every page there is, by its path. */
import { apiRoutes } from "./api/routes.ts";
import type { ConsoleSettings } from "./config.ts";
import { showing, taking } from "./forms/taking.ts";
import type { Route } from "./http/routes.ts";
import { takeAssessment } from "./pages/answers.ts";
import { assessPage, assessStepPage } from "./pages/assess.ts";
import { calendarPages } from "./pages/calendars.ts";
import { type DemonstrationClock, takeTime } from "./pages/demonstration.ts";
import { draftAsset, draftPage, draftPdf } from "./pages/draft.ts";
import { casePage, casesPage, myCasesPage, takeCases } from "./pages/cases.ts";
import { eventPage, eventsPage } from "./pages/events.ts";
import { doubting } from "./pages/deliberation.ts";
import { fieldworkPage } from "./pages/fieldwork.ts";
import { frameworkPage, frameworksPage, takeFramework } from "./pages/frameworks.ts";
import { guarded } from "./pages/guarded.ts";
import { historyFile, historyPage } from "./pages/history.ts";
import { inspectionPage } from "./pages/inspection.ts";
import { letterCopy, lettersPage, letterText, linkedCopy } from "./pages/letters.ts";
import { livePage } from "./pages/live.ts";
import { operationsPage } from "./pages/operations.ts";
import type { Handle } from "./pages/page.ts";
import { panelPage, takePanel } from "./pages/panel.ts";
import { planPage } from "./pages/plan.ts";
import { programmePage } from "./pages/programme.ts";
import { bundlePage, proofsPage } from "./pages/proofs.ts";
import { publicIndex, publicInspection } from "./pages/public.ts";
import { reportPage } from "./pages/report.ts";
import { samplePage } from "./pages/sample.ts";
import { sectionPage, takeSection } from "./pages/section.ts";
import { caseListFile, filePage, servicePage, templateFile } from "./pages/service.ts";
import { signInPages, type SigningIn } from "./pages/sign-in.ts";
import { standardPage } from "./pages/standard.ts";
import { startPage } from "./pages/start.ts";
import { takeUnsent } from "./pages/unsent.ts";
import { whatIfPage } from "./pages/what-if.ts";
import { publicWhyPage, whyPage } from "./pages/why.ts";
import type { FeedAddresses } from "./reading/feed-addresses.ts";
import type { Live } from "./reading/live.ts";
import type { Proofs } from "./reading/proofs.ts";

export type Site = SigningIn & {
  readonly api: ConsoleSettings["api"];
  readonly proofs: Proofs;
  readonly live: Live;
  readonly feeds: FeedAddresses;
  readonly calendarDomain: string;
  readonly demonstrationClock: DemonstrationClock | undefined;
};

type Ways = {
  readonly get: (path: string, handle: Handle) => Route<Handle>;
  readonly both: (path: string, page: Handle) => readonly Route<Handle>[];
};

/** What goes to a service and what comes from it. */
const correspondence = ({ get, both }: Ways): readonly Route<Handle>[] => [
  ...both("/inspections/:inspection/letters", lettersPage),
  get("/inspections/:inspection/letters/:letter", letterText),
  get("/inspections/:inspection/letters/:letter/copy", letterCopy),
  get("/copies/:inspection/:token", linkedCopy),
  ...both("/inspections/:inspection/service", servicePage),
  get("/inspections/:inspection/service/case-list.csv", caseListFile),
  get("/inspections/:inspection/service/templates/:request", templateFile),
];

export const routesOf = (site: Site): readonly Route<Handle>[] => {
  const { sessions, proofs, live, feeds, api } = site;
  const listening = livePage(live, sessions);
  const signIn = signInPages(site);
  const calendars = calendarPages(feeds, site.calendarDomain);
  const get = (path: string, handle: Handle): Route<Handle> => ({ method: "GET", path, handle });
  const post = (path: string, handle: Handle): Route<Handle> => ({
    method: "POST",
    path,
    handle: guarded(sessions, handle),
  });
  /** A page that is also the target of its own forms. */
  const both = (path: string, page: Handle): readonly Route<Handle>[] => [
    get(path, showing(page)),
    post(path, taking(page)),
  ];
  return [
    ...apiRoutes({ allowed: api, calendars, proofs }),
    get("/calendars/:feed", calendars.feed),
    get("/", startPage),
    get("/public", publicIndex),
    get("/public/:inspection", publicInspection),
    get("/public/:inspection/why/:subject", publicWhyPage),
    get("/sign-in", signIn.page),
    post("/sign-in", signIn.choose),
    get("/sign-in/callback", signIn.arrive),
    post("/sign-in/role", signIn.act),
    post("/sign-out", signIn.leave),
    { method: "POST", path: "/sign-out/back-channel", handle: signIn.overThere },
    post("/unsent", takeUnsent),
    post("/demonstration/time", takeTime(site.demonstrationClock)),
    get("/live", listening),
    get("/inspections/:inspection/live", listening),
    get("/my-cases", myCasesPage),
    get("/events", eventsPage),
    get("/operations", operationsPage),
    get("/events/:stream/:revision", eventPage),
    ...both("/inspections/:inspection", inspectionPage),
    get("/inspections/:inspection/why/:subject", whyPage),
    ...both("/inspections/:inspection/sample", samplePage),
    get("/inspections/:inspection/cases", showing(casesPage)),
    post("/inspections/:inspection/cases", takeCases),
    ...both("/inspections/:inspection/fieldwork", fieldworkPage),
    ...both("/inspections/:inspection/cases/:case", casePage),
    get("/inspections/:inspection/cases/:case/assess", showing(assessPage)),
    get("/inspections/:inspection/cases/:case/assess/:step", showing(assessStepPage)),
    post("/inspections/:inspection/cases/:case/assess/:step", takeAssessment),
    get("/inspections/:inspection/panel", showing(panelPage)),
    post("/inspections/:inspection/panel", takePanel),
    get("/inspections/:inspection/panel/:standard", showing(standardPage)),
    post("/inspections/:inspection/panel/:standard", taking(standardPage, doubting)),
    get("/inspections/:inspection/report/draft", draftPage),
    get("/inspections/:inspection/report/draft.pdf", draftPdf),
    get("/inspections/:inspection/report/draft/assets/:asset", draftAsset),
    ...both("/inspections/:inspection/report", reportPage),
    get("/inspections/:inspection/report/sections/:section", showing(sectionPage)),
    post("/inspections/:inspection/report/sections/:section", takeSection),
    get("/inspections/:inspection/files/:digest", filePage),
    ...correspondence({ get, both }),
    get("/frameworks", showing(frameworksPage)),
    post("/frameworks", takeFramework),
    ...both("/frameworks/:framework", frameworkPage),
    ...both("/programme", programmePage),
    ...both("/programmes/:programme", planPage),
    get("/inspections/:inspection/history", historyPage),
    get("/inspections/:inspection/history.csv", historyFile),
    get("/inspections/:inspection/what-if", whatIfPage),
    get("/inspections/:inspection/proofs", proofsPage(proofs)),
    get("/public/:inspection/bundle/:version", bundlePage(proofs)),
  ];
};
