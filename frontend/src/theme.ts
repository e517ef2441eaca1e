// Runs before the first paint, as a classic script: the theme that follows the system, and the rail as it was left.
(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = (): void => {
    const wanted = root.dataset.wantedTheme ?? "system";
    root.dataset.bsTheme = wanted === "system" ? (system.matches ? "dark" : "light") : wanted;
  };
  apply();
  system.addEventListener("change", apply);
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ["data-wanted-theme"] });
  if (localStorage.getItem("rail") === "icons") root.dataset.rail = "icons";
})();

export {};
