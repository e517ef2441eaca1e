/** A form of choices that is sent as soon as one of them changes. */
export function mount(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  form.addEventListener("change", () => form.requestSubmit());
}
