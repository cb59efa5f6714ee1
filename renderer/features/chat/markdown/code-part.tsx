import { type ComponentProps, Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExtraProps, useIsCodeFenceIncomplete } from 'streamdown';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { scrollable } from '../scrollable.ts';
import type { HighlightedLine } from './highlight-messages.ts';
import { useHighlighted } from './use-highlighted.ts';

/** A block of code with its language and a button that copies it; coloured once it is whole. */
export function CodePart({ className, children }: ComponentProps<'code'> & ExtraProps) {
  const { t } = useTranslation();
  const isGrowing = useIsCodeFenceIncomplete();
  const code = textOf(children).replace(/\n$/, '');
  const language = /language-(\S+)/.exec(className ?? '')?.[1] ?? '';
  const lines = useHighlighted(code, language, isGrowing);
  return (
    <figure className="prose-code">
      <figcaption>
        <span>{language || t('chat.code')}</span>
        <CopyButton text={code} label={t('chat.copyCode')} variant="quiet" size="sm" />
      </figcaption>
      <pre {...scrollable} dir="ltr">
        <code>{lines ? <Lines lines={lines} /> : code}</code>
      </pre>
    </figure>
  );
}

/** Coloured lines; they are replaced as a whole, so their places are their identities. */
function Lines({ lines }: { readonly lines: readonly HighlightedLine[] }) {
  return lines.map((line, number) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={number}>
      {line.map(([content, colour], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={place} style={colour === null ? undefined : { color: colour }}>
          {content}
        </span>
      ))}
      {'\n'}
    </Fragment>
  ));
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textOf).join('');
  return '';
}
