import { forEachFresh } from "./fresh";

/** `data-share="0.61"` becomes the custom property --share: strict CSP leaves no style attributes to templates. */
export function startShares(): void {
  forEachFresh("[data-share]", (element) => {
    const share = Number(element.dataset.share);
    element.style.setProperty("--share", String(Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0))));
    if (element.dataset.shareColour) element.style.setProperty("--share-colour", `var(--${element.dataset.shareColour})`);
  });
}
