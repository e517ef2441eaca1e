/**
 * A table with `data-rows`: j/k walk the rows, Enter follows the row's first link, Ctrl+Enter opens its page
 * (`data-page-url`), space marks the row where it has a mark.
 */
export function startRows(): void {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.altKey || event.metaKey) return;
    const table = document.querySelector<HTMLElement>("table[data-rows]");
    if (!table || document.querySelector("dialog[open]:modal")) return;
    const rows = [...table.querySelectorAll<HTMLElement>("tbody tr")];
    const now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "j" || event.key === "k") select(rows, event.key === "j" ? now + 1 : now - 1);
    const mark = rows[now]?.querySelector<HTMLInputElement>("input[type=checkbox]:not(:disabled)");
    if (event.key === " " && mark && !holdsFocus(rows[now]!)) {
      event.preventDefault();
      mark.click();
    }
    if (event.key === "Enter" && now >= 0 && document.activeElement?.tagName !== "A") follow(rows[now]!, event.ctrlKey);
  });
}

/** Whether a link or a button outside the row would take the space for itself. */
function holdsFocus(row: HTMLElement): boolean {
  const active = document.activeElement;
  return active instanceof HTMLElement && /^(A|BUTTON|SUMMARY)$/.test(active.tagName) && !row.contains(active);
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function select(rows: HTMLElement[], index: number): void {
  const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
  for (const other of rows) other.removeAttribute("aria-selected");
  row?.setAttribute("aria-selected", "true");
  row?.scrollIntoView({ block: "nearest" });
}

function follow(row: HTMLElement, asPage: boolean): void {
  if (asPage && row.dataset.pageUrl) window.location.assign(row.dataset.pageUrl);
  else row.querySelector<HTMLElement>("a, button")?.click();
}
