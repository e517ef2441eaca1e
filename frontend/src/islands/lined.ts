/** A text with the numbers of its lines; the line an error speaks of is marked and scrolled to; Tab indents by two. */
export function mount(element: HTMLElement): void {
  const area = element.querySelector("textarea");
  const gutter = element.querySelector<HTMLElement>(".code-gutter");
  if (!area || !gutter) return;
  const wrong = Number(area.dataset.place?.split(":").at(-1) ?? 0);
  const number = (): void => {
    const count = area.value.split("\n").length;
    if (gutter.childElementCount === count) return;
    gutter.replaceChildren(
      ...Array.from({ length: count }, (_none, index) => {
        const line = document.createElement("span");
        line.textContent = String(index + 1);
        if (index + 1 === wrong) line.className = "is-wrong";
        return line;
      }),
    );
  };
  const follow = (): void => {
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", number);
  area.addEventListener("scroll", follow);
  area.addEventListener("keydown", (event) => {
    // Shift Tab still leaves the text, so that the keyboard is never caught in it.
    if (event.key !== "Tab" || event.shiftKey || area.readOnly) return;
    event.preventDefault();
    area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
    number();
  });
  number();
  if (wrong > 0) {
    area.scrollTop = (wrong - 5) * Number.parseFloat(getComputedStyle(area).lineHeight);
    follow();
  }
}
