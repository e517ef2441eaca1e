/** Ctrl K: one box over clients, pages and actions. The server answers with `.palette-item` links. */
export function startPalette(): void {
  const dialog = document.getElementById("palette");
  const input = dialog?.querySelector<HTMLInputElement>(".palette-input");
  if (!(dialog instanceof HTMLDialogElement) || !input) return;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
      event.preventDefault();
      dialog.open ? dialog.close() : dialog.showModal();
    }
  });
  dialog.addEventListener("toggle", () => {
    if (dialog.open) input.select();
  });
  dialog.addEventListener("htmx:after:swap", () => choose(dialog, input, 0));
  input.addEventListener("keydown", (event) => {
    const now = items(dialog).findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(dialog, input, now + 1);
    else if (event.key === "ArrowUp") choose(dialog, input, now - 1);
    else if (event.key === "Enter") items(dialog)[Math.max(0, now)]?.click();
    else return;
    event.preventDefault();
  });
}

function items(dialog: HTMLElement): HTMLElement[] {
  return [...dialog.querySelectorAll<HTMLElement>(".palette-item")];
}

function choose(dialog: HTMLElement, input: HTMLInputElement, index: number): void {
  const all = items(dialog);
  const wanted = all[Math.min(all.length - 1, Math.max(0, index))];
  for (const item of all) item.setAttribute("aria-selected", String(item === wanted));
  if (wanted) input.setAttribute("aria-activedescendant", wanted.id);
  else input.removeAttribute("aria-activedescendant");
  wanted?.scrollIntoView({ block: "nearest" });
}
