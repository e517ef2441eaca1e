/** `data-toggles="id other"`: shows what is hidden and hides what is shown (a chart and its table). */
export function startToggles(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-toggles]");
    if (!button) return;
    for (const id of (button.dataset.toggles ?? "").split(" ")) {
      const element = document.getElementById(id);
      if (element) element.hidden = !element.hidden;
    }
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    window.dispatchEvent(new Event("resize"));
  });
}
