import type { Page } from '@playwright/test';

/** A piece of text that does not come from the catalogue, and what it stands in. */
export interface StrayText {
  readonly text: string;
  readonly place: string;
}

/** What lies together in one block of the document, in its order. */
interface Block {
  readonly place: string;
  readonly pieces: readonly string[];
}

/**
 * What a page in the pseudo-language shows, or says to a screen reader, outside of ⟦…⟧. A text of the catalogue can lie in
 * several pieces of the document, so that the brackets are counted over a whole block.
 *
 * @param dataParts selector of what holds data alone
 */
export async function strayTexts(page: Page, dataParts: string): Promise<StrayText[]> {
  const blocks = [...(await blocksOf(page, dataParts)), ...(await attributesOf(page))];
  return blocks.flatMap(({ pieces, place }) =>
    outsideOfBrackets(pieces)
      .filter((text) => /\p{L}/u.test(text))
      .map((text) => ({ text, place })),
  );
}

function outsideOfBrackets(pieces: readonly string[]): readonly string[] {
  let depth = 0;
  const isOutside = (letter: string): boolean => {
    if (letter === '⟦') depth += 1;
    if (letter === '⟧') depth -= 1;
    return depth === 0 && letter !== '⟧';
  };
  return pieces.map((piece) => [...piece].filter(isOutside).join('').trim());
}

function blocksOf(page: Page, dataParts: string): Promise<readonly Block[]> {
  return page.evaluate((data) => {
    const isInline = (element: Element): boolean => /^(?:inline|contents)$/.test(getComputedStyle(element).display);
    const blockOf = (element: Element): Element =>
      isInline(element) && element.parentElement ? blockOf(element.parentElement) : element;
    const blocks = new Map<Element, string[]>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const { parentElement: parent } = node;
      if (!parent?.checkVisibility() || parent.closest(`script, style, ${data}`)) continue;
      const block = blockOf(parent);
      blocks.set(block, [...(blocks.get(block) ?? []), node.textContent ?? '']);
    }
    return [...blocks].map(([{ localName, className }, pieces]) => ({ place: `${localName}.${className}`, pieces }));
  }, dataParts);
}

/** What is read out or shown on hover, and the title of the page. */
function attributesOf(page: Page): Promise<readonly Block[]> {
  return page.evaluate(() => {
    const names = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'];
    const shown = [...document.querySelectorAll('*')].filter((element) => element.checkVisibility());
    const said = shown.flatMap((element) =>
      names.map((name) => ({ place: `${name} of ${element.localName}`, pieces: [element.getAttribute(name) ?? ''] })),
    );
    return [...said, { place: 'title of the page', pieces: [document.title] }];
  });
}

/** Texts of the catalogue of which a part cannot be seen, because what they stand in ends too early. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isShort = (element: Element): boolean => {
      // Text for screen readers alone is cut on purpose.
      if (element.clientWidth <= 1) return false;
      const { overflowX, overflowY } = getComputedStyle(element);
      const cuts = (overflow: string): boolean => /hidden|clip/.test(overflow);
      const isNarrow = cuts(overflowX) && element.scrollWidth > element.clientWidth + 1;
      return isNarrow || (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1);
    };
    const around = (element: Element | null): Element[] => {
      const above = element?.parentElement ?? null;
      return [element, above, above?.parentElement ?? null].filter((one) => one !== null);
    };
    const cut: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const { parentElement: parent, textContent: text } = node;
      if (!text?.includes('⟦') || !parent?.checkVisibility()) continue;
      const short = around(parent).find(isShort);
      if (short) cut.push(`${text} in <${short.tagName.toLowerCase()} class="${short.getAttribute('class') ?? ''}">`);
    }
    return cut;
  });
}
