import { isTyping } from "./rows";

const SIDES: Record<string, string> = { ArrowLeft: "left", PageUp: "left", ArrowRight: "right", PageDown: "right" };

/** ← and → (or the keys of a presenter's remote) follow the link that bears the side in `data-arrow`. */
export function startArrows(): void {
  document.addEventListener("keydown", (event) => {
    const side = SIDES[event.key];
    if (!side || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!document.querySelector("dialog[open]:modal")) document.querySelector<HTMLElement>(`[data-arrow="${side}"]`)?.click();
  });
}
