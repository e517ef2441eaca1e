import { forEachFresh } from "./fresh";

const READING_TIME_MS = 6000;

/** Good news leaves by itself; bad news waits for the cross. */
export function startToasts(): void {
  forEachFresh(".toast-line", (toast) => {
    toast.querySelector("[data-dismisses]")?.addEventListener("click", () => toast.remove());
    if (!toast.classList.contains("toast-bad")) window.setTimeout(() => toast.remove(), READING_TIME_MS);
  });
}
