import "./styles/main.css";
import "htmx.org";
import { startArrows } from "./behaviours/arrows";
import { startDialogs } from "./behaviours/dialogs";
import { startIslands } from "./behaviours/islands";
import { startKeys } from "./behaviours/keys";
import { startMenus } from "./behaviours/menus";
import { startPalette } from "./behaviours/palette";
import { startPrints } from "./behaviours/prints";
import { startRail } from "./behaviours/rail";
import { startRows } from "./behaviours/rows";
import { startShares } from "./behaviours/shares";
import { startToasts } from "./behaviours/toasts";
import { startToggles } from "./behaviours/toggles";

import.meta.glob("./styles/pages/*.css", { eager: true });

startArrows();
startMenus();
startDialogs();
startRail();
startKeys();
startPalette();
startPrints();
startRows();
startToggles();
startShares();
startToasts();
startIslands();
