export type Word = { name: string; title: string; type: string; unit: string; choices: string[] };

const asked = new Map<string, Promise<Word[]>>();

/** The words of the filter language this person may use; asked for once a page. */
export function wordsOf(url: string): Promise<Word[]> {
  let answer = asked.get(url);
  if (!answer) {
    answer = fetch(url, { headers: { Accept: "application/json" } })
      .then((response) => (response.ok ? response.json() : { words: [] }))
      .then((body: { words: Word[] }) => body.words);
    asked.set(url, answer);
  }
  return answer;
}

/** Words whose name or title holds `text`; those that begin with it stand first. */
export function matching(words: Word[], text: string): Word[] {
  const wanted = text.toLowerCase();
  const rank = (word: Word): number => {
    if (word.name.startsWith(wanted)) return 0;
    if (word.title.toLowerCase().startsWith(wanted)) return 1;
    return word.name.includes(wanted) || word.title.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return words.filter((word) => rank(word) < 3).sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length);
}

/** The server's own answer to a condition: how many it finds, or what is wrong with it. */
export async function checked(url: string, where: string): Promise<string> {
  const response = await fetch(`${url}?where=${encodeURIComponent(where)}`, { headers: { "HX-Request": "true" } });
  return response.text();
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
