const language = (): string => document.documentElement.lang || "ru";

/** Formats of figures.py, for labels drawn in the browser: the same units and the same signs. */
const formats: Record<string, (value: number) => string> = {
  money: (value) => compact(value),
  count: (value) => new Intl.NumberFormat(language()).format(value).replace("-", "−"),
  share: (value) => `${new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(value * 100)} %`.replace("-", "−"),
};

const STEPS: [number, string, string][] = [
  [1e9, "млрд", "bn"],
  [1e6, "млн", "m"],
  [1e3, "тыс.", "k"],
];

function compact(value: number): string {
  const step = STEPS.find(([size]) => Math.abs(value) >= size);
  const number = new Intl.NumberFormat(language(), { maximumSignificantDigits: 3 }).format(step ? value / step[0] : value);
  const word = step ? `\u00a0${language() === "ru" ? step[1] : step[2]}` : "";
  return `${number}${word}`.replace("-", "−");
}

export function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
}

/** The option with "token:…" made colours and "format:…" made functions; everything else as it came. */
export function resolved(value: unknown): any {
  if (typeof value === "string") return marked(value);
  if (Array.isArray(value)) return value.map(resolved);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
  return value;
}

function marked(text: string): unknown {
  if (text.startsWith("token:")) return colour(text.slice("token:".length));
  if (!text.startsWith("format:")) return text;
  const format = formats[text.slice("format:".length)];
  return (input: unknown) => (format ? format(numberOf(input)) : String(input));
}

function numberOf(input: unknown): number {
  if (typeof input === "number") return input;
  const value = (input as { value?: unknown } | null)?.value ?? input;
  return Number(Array.isArray(value) ? value[value.length - 1] : value);
}
