import { checked, quoted, wordsOf, type Word } from "../language/words";

const FIGURES = new Set(["number", "money", "integer"]);
const PAUSE_MS = 300;

/** Rows of field, comparison, value that write the same condition a person could type; the text is always in sight. */
export function mount(element: HTMLElement): void {
  const said = (name: string): string => element.getAttribute(`data-text-${name}`) ?? name;
  const target = document.getElementById(element.dataset.for ?? "") as HTMLInputElement | null;
  const dialog = element.closest("dialog");
  if (!target || !dialog) return;
  let words: Word[] = [];
  const rows = document.createElement("div");
  rows.className = "builder-rows";
  const joint = select([["and", said("and")], ["or", said("or")]], said("operator"));
  const text = document.createElement("code");
  text.className = "builder-text";
  const answer = document.createElement("p");
  answer.className = "small";
  const add = button(said("add"), "btn btn-small");
  const showAll = button(said("show"), "btn btn-primary");
  const foot = document.createElement("div");
  foot.className = "form-actions";
  foot.append(showAll);
  element.append(joint, rows, add, text, answer, foot);
  let timer = 0;

  const write = (): void => {
    const parts = [...rows.children].map((row) => conditionOf(row as HTMLElement)).filter((part) => part !== "");
    text.textContent = parts.join(` ${joint.value} `);
    window.clearTimeout(timer);
    const where = text.textContent;
    if (!where) return answer.replaceChildren();
    timer = window.setTimeout(() => void checked(element.dataset.check ?? "", where).then((html) => (answer.innerHTML = html)), PAUSE_MS);
  };
  const wordNamed = (name: string): Word | undefined => words.find((word) => word.name === name);

  function operatorsOf(word: Word): [string, string][] {
    const unknown: [string, string][] = [["is null", said("empty")], ["is not null", said("known")]];
    if (word.type === "boolean") return [["= true", said("yes")], ["= false", said("no")], ...unknown];
    if (word.choices.length > 0) return [["in", said("in")], ["=", "="], ["<>", "≠"], ...unknown];
    if (FIGURES.has(word.type) || word.type === "date")
      return [[">=", "≥"], ["<=", "≤"], [">", ">"], ["<", "<"], ["=", "="], ["between", said("between")], ...unknown];
    return [["contains", said("contains")], ["=", "="], ["<>", "≠"], ...unknown];
  }

  function conditionOf(row: HTMLElement): string {
    const word = wordNamed(row.querySelector<HTMLSelectElement>("[data-part=word]")?.value ?? "");
    const operator = row.querySelector<HTMLSelectElement>("[data-part=operator]")?.value ?? "";
    const values = [...row.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-part=value]")].flatMap((field) =>
      field instanceof HTMLSelectElement && field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value.trim()],
    );
    if (!word || !operator) return "";
    if (operator.startsWith("is ") || operator.startsWith("= t") || operator.startsWith("= f")) return `${word.name} ${operator}`;
    const [first, second] = values;
    if (!first || values.some((value) => value === "")) return "";
    const literal = (value: string): string => {
      if (FIGURES.has(word.type)) {
        const number = value.replaceAll(/\s/g, "").replace(",", ".");
        return word.unit === "share" ? String(Number(number) / 100) : number;
      }
      return quoted(value);
    };
    if (operator === "between") return second ? `${word.name} between ${literal(first)} and ${literal(second)}` : "";
    if (operator === "in") return `${word.name} in (${values.map(literal).join(", ")})`;
    if (operator === "contains") return `contains(${word.name}, ${quoted(first)})`;
    return `${word.name} ${operator} ${literal(first)}`;
  }

  function valueFields(word: Word, operator: string): HTMLElement[] {
    if (operator.startsWith("is ") || operator.startsWith("= t") || operator.startsWith("= f")) return [];
    if (word.choices.length > 0) {
      const field = select(word.choices.map((code) => [code, code]), said("value"));
      field.multiple = operator === "in";
      field.dataset.part = "value";
      return [field];
    }
    const count = operator === "between" ? 2 : 1;
    return Array.from({ length: count }, () => {
      const field = document.createElement("input");
      field.className = "form-control";
      field.type = word.type === "date" ? "date" : "text";
      field.inputMode = FIGURES.has(word.type) ? "decimal" : "text";
      field.placeholder = word.unit === "share" ? "%" : "";
      field.setAttribute("aria-label", said("value"));
      field.dataset.part = "value";
      return field;
    });
  }

  function addRow(): void {
    const row = document.createElement("div");
    row.className = "builder-row";
    const word = select(words.map((one) => [one.name, one.title]), said("field"));
    word.dataset.part = "word";
    const operator = document.createElement("select");
    operator.className = "form-select";
    operator.setAttribute("aria-label", said("operator"));
    operator.dataset.part = "operator";
    const values = document.createElement("span");
    values.className = "builder-values";
    const remove = button("×", "btn btn-quiet btn-icon");
    remove.setAttribute("aria-label", said("remove"));
    const offerValues = (): void => {
      const chosen = wordNamed(word.value);
      if (chosen) values.replaceChildren(...valueFields(chosen, operator.value));
      write();
    };
    const offerOperators = (): void => {
      const chosen = wordNamed(word.value);
      if (chosen) operator.replaceChildren(...operatorsOf(chosen).map(([value, title]) => new Option(title, value)));
      offerValues();
    };
    word.addEventListener("change", offerOperators);
    operator.addEventListener("change", offerValues);
    remove.addEventListener("click", () => {
      row.remove();
      write();
    });
    row.append(word, operator, values, remove);
    rows.append(row);
    offerOperators();
  }

  element.addEventListener("input", write);
  joint.addEventListener("change", write);
  add.addEventListener("click", addRow);
  showAll.addEventListener("click", () => {
    if (!text.textContent) return;
    target.value = text.textContent;
    dialog.close();
    target.form?.requestSubmit();
  });
  void wordsOf(element.dataset.words ?? "").then((answered) => {
    words = answered;
    addRow();
  });
}

function select(options: [string, string][], label: string): HTMLSelectElement {
  const field = document.createElement("select");
  field.className = "form-select";
  field.setAttribute("aria-label", label);
  field.append(...options.map(([value, title]) => new Option(title, value)));
  return field;
}

function button(title: string, css: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = css;
  made.textContent = title;
  return made;
}
