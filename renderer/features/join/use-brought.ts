import { type DragEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { linkInText } from './link-in-text.ts';
import type { PictureProblem, PictureReading } from './read-qr-picture.ts';

/** Reads the QR code of a picture. */
export type ReadPicture = (picture: Blob) => Promise<PictureReading>;

/** What the person brought to the page besides what they type. */
export interface Brought {
  readonly isReading: boolean;
  readonly problem: PictureProblem | 'no-link-in-text' | null;
  /** Something is dragged over the page. */
  readonly isOver: boolean;
  readonly takePicture: (picture: Blob) => void;
  /** For the element that takes what is dropped. */
  readonly dropHandlers: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/**
 * Takes a link, or a picture of its QR code, that is pasted anywhere on the page, dropped onto it, or chosen.
 * @param page the element that takes it
 */
export function useBrought(
  page: RefObject<HTMLElement | null>,
  onLink: (link: string) => void,
  readPicture: ReadPicture,
): Brought {
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<Brought['problem']>(null);
  const [isOver, setOver] = useState(false);
  const newest = useRef<Blob | null>(null);
  useEffect(
    () => () => {
      newest.current = null;
    },
    [],
  );

  const takePicture = async (picture: Blob): Promise<void> => {
    newest.current = picture;
    setProblem(null);
    setReading(true);
    const reading = await readPicture(picture).catch(
      (): PictureReading => ({ kind: 'none', problem: 'not-a-picture' }),
    );
    if (newest.current !== picture) return;
    setReading(false);
    const link = reading.kind === 'text' ? linkInText(reading.text) : null;
    if (link !== null) onLink(link);
    else setProblem(reading.kind === 'none' ? reading.problem : 'no-link');
  };
  /** Whether it was something for this page. */
  const take = (data: DataTransfer): boolean => {
    const picture = [...data.files][0];
    const text = data.getData('text/plain');
    if (picture) void takePicture(picture);
    else if (linkInText(text) !== null) onLink(linkInText(text) ?? '');
    else return false;
    return true;
  };

  const onPaste = useRef<(event: ClipboardEvent) => void>(() => undefined);
  onPaste.current = (event) => {
    if (!event.clipboardData || !isForPage(event.target, page.current)) return;
    if (take(event.clipboardData)) event.preventDefault();
    else if (!isTextField(event.target)) setProblem('no-link-in-text');
  };
  useEffect(() => {
    const listener = (event: ClipboardEvent) => onPaste.current(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, []);

  return {
    isReading,
    problem,
    isOver,
    takePicture: (picture) => void takePicture(picture),
    dropHandlers: {
      onDragOver: (event) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event) => event.currentTarget.contains(nodeOf(event.relatedTarget)) || setOver(false),
      onDrop: (event) => {
        event.preventDefault();
        setOver(false);
        if (!take(event.dataTransfer)) setProblem('no-link-in-text');
      },
    },
  };
}

/** Pasted into the page, or where nothing has the focus. */
function isForPage(target: EventTarget | null, page: HTMLElement | null): boolean {
  return target === document.body || (page?.contains(nodeOf(target)) ?? false);
}

const nodeOf = (target: EventTarget | null): Node | null => (target instanceof Node ? target : null);

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea');
