import { matching, wordsOf } from "../language/words";

/** The chooser of columns: the chosen first, then all the rest; a line to find one among a hundred. */
export function mount(element: HTMLElement): void {
  const place = element.querySelector<HTMLElement>("[data-columns]");
  if (!place) return;
  const chosen = (element.dataset.chosen ?? "").split(",").filter((name) => name !== "");
  const find = document.createElement("input");
  find.className = "form-control";
  find.type = "search";
  find.placeholder = element.getAttribute("data-text-filter") ?? "";
  find.setAttribute("aria-label", find.placeholder);
  const list = document.createElement("div");
  list.className = "column-list";
  place.append(find, list);
  void wordsOf(element.dataset.words ?? "").then((words) => {
    const first = chosen.flatMap((name) => words.filter((word) => word.name === name));
    const ordered = [...first, ...words.filter((word) => !chosen.includes(word.name))];
    for (const word of ordered) {
      const label = document.createElement("label");
      label.className = "choice";
      label.title = word.name;
      const box = document.createElement("input");
      box.type = "checkbox";
      box.className = "form-check-input";
      box.name = "column";
      box.value = word.name;
      box.checked = chosen.includes(word.name);
      label.append(box, ` ${word.title}`);
      list.append(label);
    }
    find.addEventListener("input", () => {
      const shown = new Set(matching(words, find.value.trim()).map((word) => word.name));
      for (const label of list.querySelectorAll("label")) {
        const name = label.querySelector("input")?.value ?? "";
        label.hidden = find.value.trim() !== "" && !shown.has(name);
      }
    });
  });
}
