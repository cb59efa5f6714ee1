/** One line of a conversation's checklist as it is kept. */
interface KeptItem {
  readonly id: string;
  readonly text: string;
  readonly isDone: boolean;
  /** What the agent said last of this line; `null` if the person added it. */
  readonly said: SaidItem | null;
}

/** One line as an agent says it. */
export interface SaidItem {
  readonly text: string;
  readonly isDone: boolean;
}

/** A checklist with what is needed to tell the person's changes from the agent's. */
export interface KeptChecklist {
  readonly items: readonly KeptItem[];
  /** Lines of the agent that the person took out, as `sameText` compares them; they do not come back. */
  readonly removed: readonly string[];
}

export const noChecklist: KeptChecklist = { items: [], removed: [] };

/** Most lines of a checklist, and most taken-out lines that are remembered. */
const mostItems = 200;
const longestText = 1000;

/** Two lines with the same key are the same line: letter case, spacing and closing punctuation do not matter. */
export const sameText = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\s.,;:!]+$/u, '');

/**
 * Takes an agent's new list into the kept one, as a three-way merge over what the agent said before:
 * - a line that the person edited or ticked (or unticked) stays as the person left it; else it is as the agent says now;
 * - a line that the person added stays; a line that the person took out stays out;
 * - a line that the agent no longer names goes only if the person never touched it and it is not done;
 * - lines are in the agent's order, and a line that only the person has stays behind the line it followed.
 * @param newId gives each line that was not there an identifier
 */
export function mergeChecklist(kept: KeptChecklist, said: readonly SaidItem[], newId: () => string): KeptChecklist {
  const unmatched = new Set(kept.items);
  const merged: KeptItem[] = [];
  for (const line of distinct(said)) {
    const match = findLine(unmatched, line.text);
    if (match) {
      unmatched.delete(match);
      merged.push(mergeLine(match, line));
    } else if (!kept.removed.includes(sameText(line.text))) {
      merged.push({ id: newId(), text: line.text, isDone: line.isDone, said: line });
    }
  }
  const staying = kept.items.filter((item) => unmatched.has(item) && (item.isDone || isTouched(item)));
  const fitting = withoutSurplus(merged, mostItems - staying.length);
  return { items: withStaying(fitting, staying, kept.items), removed: kept.removed };
}

/** At most `most` lines; those that only the agent cares about give way, the last first. */
const withoutSurplus = (lines: readonly KeptItem[], most: number): readonly KeptItem[] => {
  let free = most - lines.filter(isTouched).length;
  return lines.filter((line) => {
    if (isTouched(line)) return true;
    free -= 1;
    return free >= 0;
  });
};

/** Takes what the person saved: what each line's agent said is carried along, and taken-out lines are remembered. */
export function saveChecklist(
  kept: KeptChecklist,
  saved: readonly { readonly id: string; readonly text: string; readonly isDone: boolean }[],
): KeptChecklist {
  const before = new Map(kept.items.map((item) => [item.id, item]));
  const items = saved.map((item) => ({ ...item, said: before.get(item.id)?.said ?? null }));
  const savedIds = new Set(saved.map((item) => item.id));
  const gone = kept.items.filter((item) => !savedIds.has(item.id));
  const keys = gone.flatMap((item) => [item.text, ...(item.said ? [item.said.text] : [])]).map(sameText);
  const present = new Set(items.flatMap((item) => [item.text, ...(item.said ? [item.said.text] : [])]).map(sameText));
  const removed = [...new Set([...kept.removed, ...keys])].filter((key) => !present.has(key));
  return { items, removed: removed.slice(-mostItems) };
}

const distinct = (said: readonly SaidItem[]): readonly SaidItem[] => {
  const lines = new Map<string, SaidItem>();
  for (const { text, isDone } of said) {
    const cut = text.trim().slice(0, longestText);
    const key = sameText(cut);
    if (cut !== '' && !lines.has(key)) lines.set(key, { text: cut, isDone });
  }
  return [...lines.values()];
};

const findLine = (items: ReadonlySet<KeptItem>, text: string): KeptItem | undefined => {
  const key = sameText(text);
  const all = [...items];
  return (
    all.find((item) => sameText(item.said?.text ?? item.text) === key) ??
    all.find((item) => sameText(item.text) === key)
  );
};

const mergeLine = (item: KeptItem, line: SaidItem): KeptItem => ({
  id: item.id,
  text: item.said && item.text === item.said.text ? line.text : item.text,
  isDone: item.said && item.isDone === item.said.isDone ? line.isDone : item.isDone,
  said: line,
});

const isTouched = ({ said, text, isDone }: KeptItem): boolean =>
  said === null || said.text !== text || said.isDone !== isDone;

/** Puts each staying line behind the nearest line before it that is still there, else at the beginning. */
const withStaying = (
  merged: readonly KeptItem[],
  staying: readonly KeptItem[],
  before: readonly KeptItem[],
): readonly KeptItem[] => {
  const result = [...merged];
  for (const item of staying) {
    let place = 0;
    for (let index = before.indexOf(item) - 1; index >= 0; index -= 1) {
      const at = result.findIndex((each) => each.id === before[index]?.id);
      if (at >= 0) {
        place = at + 1;
        break;
      }
    }
    result.splice(place, 0, item);
  }
  return result;
};
