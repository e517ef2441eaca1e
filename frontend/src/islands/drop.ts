/** The drop place: a file dropped on it is sent at once; a chosen one is named and sent, too. */
export function mount(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) return;
  const send = (): void => {
    const name = form.querySelector<HTMLElement>("[data-drop-name]");
    if (name) name.textContent = input.files?.[0]?.name ?? "";
    form.classList.add("drop-busy");
    form.requestSubmit();
  };
  input.addEventListener("change", send);
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("drop-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("drop-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("drop-over");
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    send();
  });
}
