/** The left rail folds to icons and stays as it was left on this device. */
export function startRail(): void {
  const button = document.querySelector<HTMLElement>("[data-rail-toggle]");
  const root = document.documentElement;
  button?.addEventListener("click", () => {
    const folded = root.dataset.rail === "icons";
    if (folded) delete root.dataset.rail;
    else root.dataset.rail = "icons";
    localStorage.setItem("rail", folded ? "full" : "icons");
    button.setAttribute("aria-expanded", String(folded));
  });
  button?.setAttribute("aria-expanded", String(root.dataset.rail !== "icons"));
}
