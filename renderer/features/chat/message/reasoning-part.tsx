import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Markdown } from '../markdown/markdown.tsx';

/** What the model thought before it answered: folded, because it is not the answer. */
export function ReasoningPart({ text, isWriting }: { readonly text: string; readonly isWriting: boolean }) {
  const { t } = useTranslation();
  return (
    <details className="group/fold">
      <summary className="inline-flex list-none items-center gap-1.5 rounded-control py-0.5 text-ink-2 text-small hover:text-ink">
        <ChevronRight aria-hidden="true" className="transition-transform group-open/fold:rotate-90" />
        {t(isWriting ? 'chat.reasoningNow' : 'chat.reasoning')}
      </summary>
      <div className="mt-1 ms-[7px] border-line border-s-2 ps-4 text-ink-2 text-small">
        <Markdown text={text} isWriting={isWriting} />
      </div>
    </details>
  );
}
