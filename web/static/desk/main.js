// The desk: each module listens for itself; the page works without any of them.

import { keepPlace } from "./answer.js";
import { startCall } from "./call.js";
import { startChanges } from "./changes.js";
import { startCopying } from "./copying.js";
import { startFeedback } from "./feedback.js";
import { startKeys } from "./keys.js";
import { announceShown, SHOWN } from "./page.js";
import { startPanel } from "./panel.js";
import { startPromises } from "./promises.js";
import { startSearch } from "./search.js";
import { startSummary } from "./summary.js";
import { startTrail } from "./trail.js";
import { startUpdates } from "./updates.js";

document.addEventListener(SHOWN, keepPlace);
for (const start of [
  startSearch, startCall, startTrail, startChanges, startCopying, startPromises, startSummary,
  startFeedback, startKeys, startPanel, startUpdates,
]) start();
announceShown();
