/** Call `visit` for every element matching `selector` now, and for each that a swap brings later. */
export function forEachFresh(selector: string, visit: (element: HTMLElement) => void): void {
  const seen = new WeakSet<Element>();
  const scan = (root: ParentNode): void => {
    for (const element of root.querySelectorAll<HTMLElement>(selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      visit(element);
    }
  };
  scan(document);
  new MutationObserver((records) => {
    if (records.some((record) => record.addedNodes.length > 0)) scan(document);
  }).observe(document.body, { childList: true, subtree: true });
}
