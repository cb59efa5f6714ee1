import { Image } from 'lucide-react';
import type { ComponentProps, JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Components } from 'streamdown';
import { scrollable } from '../scrollable.ts';
import { CodePart } from './code-part.tsx';

type Props<T extends keyof JSX.IntrinsicElements> = ComponentProps<T> & { node?: unknown };

/** Opens outside of Nunba, which learns nothing of it and hands over nothing. */
function OutsideLink({ href, children }: Props<'a'>) {
  if (!href) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {children}
    </a>
  );
}

/** Pictures are not loaded: fetching one would tell a stranger that this answer was read. */
function UnloadedPicture({ src, alt }: Props<'img'>) {
  const { t } = useTranslation();
  const name = alt || t('chat.picture');
  const words = (
    <span className="inline-flex items-center gap-1.5">
      <Image aria-hidden="true" />
      {t('chat.pictureNotLoaded', { name })}
    </span>
  );
  if (typeof src !== 'string' || src === '') return words;
  return (
    <a href={src} target="_blank" rel="noopener noreferrer" title={src}>
      {words}
    </a>
  );
}

/** Wide tables scroll by themselves. */
function ScrollingTable({ children }: Props<'table'>) {
  const { t } = useTranslation();
  return (
    <section className="overflow-x-auto" {...scrollable} aria-label={t('chat.table')}>
      <table>{children}</table>
    </section>
  );
}

/** A task of a list in an answer: told, not ticked here. */
function Task({ checked }: Props<'input'>) {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      disabled
      checked={checked === true}
      aria-label={t(checked ? 'chat.taskDone' : 'chat.taskOpen')}
    />
  );
}

/** Plain elements, whose looks stand in prose.css. */
export const proseParts = {
  a: OutsideLink,
  img: UnloadedPicture,
  input: Task,
  table: ScrollingTable,
  code: CodePart,
  inlineCode: ({ children }) => <code>{children}</code>,
  // Below the heading of the answer itself, without leaving out a level.
  h1: ({ children }: Props<'h1'>) => <h3 className="prose-h1">{children}</h3>,
  h2: ({ children }: Props<'h1'>) => <h3 className="prose-h2">{children}</h3>,
  h3: ({ children }: Props<'h1'>) => <h3>{children}</h3>,
  h4: ({ children }: Props<'h1'>) => <h4>{children}</h4>,
  h5: ({ children }: Props<'h1'>) => <h5>{children}</h5>,
  h6: ({ children }: Props<'h1'>) => <h6>{children}</h6>,
  p: ({ children }) => <p>{children}</p>,
  ul: ({ children }) => <ul>{children}</ul>,
  ol: ({ children, start }) => <ol start={start}>{children}</ol>,
  li: ({ children }) => <li>{children}</li>,
  blockquote: ({ children }) => <blockquote>{children}</blockquote>,
  hr: () => <hr />,
  strong: ({ children }) => <strong>{children}</strong>,
  thead: ({ children }) => <thead>{children}</thead>,
  tbody: ({ children }) => <tbody>{children}</tbody>,
  tr: ({ children }) => <tr>{children}</tr>,
  th: ({ children, style }) => <th style={style}>{children}</th>,
  td: ({ children, style }) => <td style={style}>{children}</td>,
} satisfies Components;
