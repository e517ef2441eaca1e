/** Rows marked for one action: the bar appears with the first mark and counts them. */
export function mount(element: HTMLElement): void {
  const bar = element.querySelector<HTMLElement>("[data-bulk]");
  const all = element.querySelector<HTMLInputElement>("[data-all]");
  if (!bar) return;
  const boxes = (): HTMLInputElement[] => [...element.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]")];
  const count = (): void => {
    const marked = boxes().filter((box) => box.checked).length;
    bar.hidden = marked === 0;
    const told = bar.querySelector("[data-count]");
    if (told) told.textContent = String(marked);
    if (all) {
      all.checked = marked > 0 && marked === boxes().length;
      all.indeterminate = marked > 0 && marked < boxes().length;
    }
  };
  element.addEventListener("change", (event) => {
    if (event.target === all && all) for (const box of boxes()) box.checked = all.checked;
    count();
  });
  count();
}
