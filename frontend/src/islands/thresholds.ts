const PAUSE_MS = 350;

/**
 * Numbers inside the sentences of a scheme: a changed one is marked, its twins (a policy's number stands in several
 * rules) follow it, arrows step it, and after a pause the page is told by the event `thresholds-changed`.
 */
export function mount(element: HTMLElement): void {
  const fields = [...element.querySelectorAll<HTMLInputElement>("input.threshold")];
  const answer = element.querySelector<HTMLElement>("#trial");
  const whenChanged = element.querySelector<HTMLElement>("[data-when-changed]");
  let timer = 0;

  const show = (): void => {
    for (const field of fields) field.classList.toggle("is-changed", !isSame(field));
    if (whenChanged) whenChanged.hidden = fields.every(isSame);
  };
  const tell = (pause: number): void => {
    show();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => answer?.dispatchEvent(new Event("thresholds-changed")), pause);
  };
  const follow = (field: HTMLInputElement): void => {
    for (const twin of fields) if (twin !== field && twin.name === field.name) twin.value = field.value;
    for (const one of fields) one.size = Math.max(2, one.value.length + 1);
  };

  element.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (!fields.includes(field)) return;
    follow(field);
    tell(PAUSE_MS);
  });
  element.addEventListener("keydown", (event) => {
    const field = event.target as HTMLInputElement;
    if (!fields.includes(field)) return;
    if (event.key === "Enter") {
      // Enter in a number tries it; saving is a button of its own.
      event.preventDefault();
      tell(0);
    }
    const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const value = numberOf(field.value);
    if (!step || Number.isNaN(value)) return;
    event.preventDefault();
    field.value = stepped(value, step * stepOf(field.dataset.was ?? "1"), field.value.includes(","));
    follow(field);
    tell(PAUSE_MS);
  });
  element.querySelector("[data-restores]")?.addEventListener("click", () => {
    for (const field of fields) field.value = field.dataset.was ?? field.value;
    for (const field of fields) field.size = Math.max(2, field.value.length + 1);
    tell(0);
  });
  // A browser that comes back keeps what was typed: the answer must speak of it.
  if (fields.some((field) => !isSame(field))) tell(0);
  else show();
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.replaceAll(/\s/g, "").replace(",", "."));
}

function isSame(field: HTMLInputElement): boolean {
  const was = field.dataset.was ?? "";
  // Neither is a number: an empty norm, or a word.
  if (Number.isNaN(numberOf(field.value)) && Number.isNaN(numberOf(was))) return field.value.trim() === was.trim();
  return numberOf(field.value) === numberOf(was);
}

/** One unit of the last written digit; hundreds for thousands. */
function stepOf(was: string): number {
  const decimals = was.replace(",", ".").split(".")[1]?.length ?? 0;
  if (decimals) return 10 ** -decimals;
  const size = Math.abs(numberOf(was));
  return size >= 10000 ? 1000 : size >= 1000 ? 100 : 1;
}

function stepped(value: number, step: number, comma: boolean): string {
  const decimals = Math.max(0, Math.ceil(-Math.log10(Math.abs(step))));
  const text = (value + step).toFixed(decimals);
  return comma || document.documentElement.lang.startsWith("ru") ? text.replace(".", ",") : text;
}
