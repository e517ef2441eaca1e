import { openDialog } from "./dialogs";
import { isTyping } from "./rows";

const CHORD_MS = 1200;

/** `g` then the letter a rail item names in `data-key` goes to that page; `?` shows the keys; a letter presses what bears it in `data-hotkey`. */
export function startKeys(): void {
  let chordUntil = 0;
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") openDialog("keys");
    const physical = event.code.replace(/^Key/, "").toLowerCase(); // the Russian layout gives other letters on the same keys
    if (Date.now() >= chordUntil && !event.shiftKey && !document.querySelector("dialog[open]:modal"))
      document.querySelector<HTMLElement>(`[data-hotkey="${CSS.escape(physical)}"]`)?.click();
    if (Date.now() < chordUntil) document.querySelector<HTMLElement>(`.rail a[data-key="${CSS.escape(physical)}"]`)?.click();
    chordUntil = physical === "g" ? Date.now() + CHORD_MS : 0;
  });
}
