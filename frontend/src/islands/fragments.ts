/** Tabs whose parts come from the server: the pressed one is marked as selected. */
export function mount(element: HTMLElement): void {
  const tabs = [...element.querySelectorAll<HTMLButtonElement>(".tabs > button")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      for (const other of tabs) other.setAttribute("aria-selected", String(other === tab));
    });
  }
}
