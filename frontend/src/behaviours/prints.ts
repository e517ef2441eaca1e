/** `data-prints` prints the page as it stands. */
export function startPrints(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as HTMLElement).closest("[data-prints]")) window.print();
  });
}
