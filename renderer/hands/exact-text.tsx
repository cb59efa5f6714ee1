import { useTranslation } from 'react-i18next';
import { type ExactPiece, exactPieces } from './exact-pieces.ts';

/** A text that somebody else wrote, with what could hide in it made visible. */
export function ExactText({ text }: { readonly text: string }) {
  return exactPieces(text).map((piece, place) => (
    // A text is taken apart anew whenever it changes.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Piece key={place} piece={piece} />
  ));
}

function Piece({ piece }: { readonly piece: ExactPiece }) {
  const { t } = useTranslation();
  if (piece.kind === 'text') return piece.text;
  const words =
    piece.kind === 'hidden'
      ? t('hands.hiddenCharacter', { code: piece.code })
      : t('hands.manySpaces', { count: piece.count });
  return (
    <span title={words} className="mx-px rounded-tag bg-warn-soft px-1 font-mono text-tiny text-warn">
      {piece.kind === 'hidden' ? piece.code : words}
    </span>
  );
}
