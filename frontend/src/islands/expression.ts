import { checked, matching, wordsOf, type Word } from "../language/words";

const SHOWN = 8;
const PAUSE_MS = 350;

/** The line of the filter: completes words while one is typed, and says how many clients the condition finds. */
export function mount(element: HTMLElement): void {
  const input = element.querySelector<HTMLInputElement>("input[name=where]");
  const list = element.querySelector<HTMLUListElement>("[role=listbox]");
  const answer = document.getElementById("filter-answer");
  if (!input || !list) return;
  let words: Word[] = [];
  let found: Word[] = [];
  let active = -1;
  let timer = 0;

  const hide = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const current = (): { start: number; text: string } => {
    const caret = input.selectionStart ?? 0;
    const text = /[\p{L}\w]*$/u.exec(input.value.slice(0, caret))?.[0] ?? "";
    return { start: caret - text.length, text };
  };
  const mark = (): void => {
    list.querySelectorAll("[role=option]").forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    if (active >= 0) input.setAttribute("aria-activedescendant", `word-${active}`);
  };
  const take = (word: Word): void => {
    const { start, text } = current();
    const rest = input.value.slice(start + text.length);
    input.value = `${input.value.slice(0, start)}${word.name}${rest.startsWith(" ") ? "" : " "}${rest}`;
    const caret = start + word.name.length + 1;
    input.setSelectionRange(caret, caret);
    hide();
    input.focus();
  };
  const show = (): void => {
    const { text } = current();
    found = text.length > 0 && /^\D/.test(text) ? matching(words, text).slice(0, SHOWN) : [];
    if (found.length === 0 || (found.length === 1 && found[0]?.name === text)) return hide();
    list.replaceChildren(
      ...found.map((word, index) => {
        const item = document.createElement("li");
        item.id = `word-${index}`;
        item.setAttribute("role", "option");
        const name = document.createElement("code");
        name.textContent = word.name;
        const title = document.createElement("span");
        title.className = "muted";
        title.textContent = word.choices.length > 0 ? `${word.title}: ${word.choices.join(", ")}` : word.title;
        item.append(name, title);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(word);
        });
        return item;
      }),
    );
    active = 0;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark();
  };
  const check = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const where = input.value.trim();
      if (!answer) return;
      if (!where) {
        answer.replaceChildren();
        return;
      }
      void checked(element.dataset.check ?? "", where).then((html) => {
        if (input.value.trim() === where) answer.innerHTML = html;
      });
    }, PAUSE_MS);
  };

  input.addEventListener("focus", () => void wordsOf(element.dataset.words ?? "").then((answered) => (words = answered)), { once: true });
  input.addEventListener("input", () => {
    show();
    check();
  });
  input.addEventListener("blur", hide);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      mark();
    } else if (event.key === "Tab" || event.key === "Enter") {
      const word = found[active];
      if (!word) return;
      event.preventDefault();
      take(word);
    } else if (event.key === "Escape") hide();
  });
}
