import { forEachFresh } from "./fresh";

/**
 * `data-opens="id"` opens a <dialog>, `data-closes` closes the nearest, a click on the backdrop closes it too.
 * A dialog that a swap brings with `data-open-now` opens by itself.
 */
export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const opener = target.closest<HTMLElement>("[data-opens]");
    if (opener) openDialog(opener.dataset.opens ?? "");
    if (target.closest("[data-closes]")) target.closest("dialog")?.close();
    if (target instanceof HTMLDialogElement && outside(target, event)) target.close();
  });
  forEachFresh("dialog[data-open-now]", (dialog) => (dialog as HTMLDialogElement).showModal());
}

export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function outside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
