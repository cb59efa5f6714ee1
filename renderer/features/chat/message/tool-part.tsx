import { ChevronRight, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { MessagePart } from '../../../../node-core/api/conversation-views.ts';
import { Spinner } from '../../../ui/spinner.tsx';
import { StatusGlyph } from '../../../ui/status-glyph.tsx';
import { scrollable } from '../scrollable.ts';

type Tool = Extract<MessagePart, { kind: 'tool' }>;

const toolTitles = { search_chats: 'chat.toolSearchChats', read_attachment: 'chat.toolReadAttachment' } as const;

const isKnown = (name: string): name is keyof typeof toolTitles => Object.hasOwn(toolTitles, name);

/** A tool that the agent used: which, with what, and what came of it. */
export function ToolPart({ part }: { readonly part: Tool }) {
  const { t } = useTranslation();
  const title = isKnown(part.toolName) ? t(toolTitles[part.toolName]) : part.toolName;
  return (
    <details className="group/fold rounded-card border border-line bg-surface">
      <summary className="flex list-none items-center gap-2.5 rounded-card px-3.5 py-2">
        <Wrench aria-hidden="true" className="text-ink-2" />
        <span className="min-w-0 flex-1">
          <span className="font-medium">{title}</span> <span className="text-ink-2 text-small">{subjectOf(part)}</span>
        </span>
        <ToolState outcome={part.outcome} />
        <ChevronRight aria-hidden="true" className="text-ink-3 transition-transform group-open/fold:rotate-90" />
      </summary>
      <div className="grid gap-2 border-line border-t px-3.5 py-3">
        <Labelled label={t('chat.toolName')} text={part.toolName} />
        <Labelled label={t('chat.toolArguments')} text={pretty(part.arguments)} />
        <ToolResult outcome={part.outcome} />
      </div>
    </details>
  );
}

function ToolState({ outcome }: { readonly outcome: Tool['outcome'] }) {
  const { t } = useTranslation();
  if (outcome === null) return <Spinner label={t('chat.toolRunning')} className="text-small" />;
  const words = { done: 'chat.toolDone', failed: 'chat.toolFailed', stopped: 'chat.toolStopped' } as const;
  const glyphs = { done: 'ok', failed: 'bad', stopped: 'none' } as const;
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-2 text-small">
      <StatusGlyph status={glyphs[outcome.kind]} />
      {t(words[outcome.kind])}
    </span>
  );
}

function ToolResult({ outcome }: { readonly outcome: Tool['outcome'] }) {
  const { t } = useTranslation();
  if (outcome === null || outcome.kind === 'stopped') return null;
  const text = outcome.kind === 'done' ? pretty(outcome.value) : outcome.message;
  return <Labelled label={t('chat.toolResult')} text={text} />;
}

function Labelled({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <p className="font-semibold text-ink-3 text-tiny">{label}</p>
      <pre
        {...scrollable}
        dir="ltr"
        className="mt-0.5 max-h-64 overflow-auto whitespace-pre-wrap rounded-control bg-code px-2.5 py-1.5 font-mono text-tiny [overflow-wrap:anywhere]"
      >
        {text}
      </pre>
    </div>
  );
}

const pretty = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

const nameSchema = z.object({ name: z.string().min(1).max(200) });
const querySchema = z.object({ query: z.string().min(1).max(200) });

/** What the tool was used on, in a few words: the file that it read, or what it looked for. */
function subjectOf(part: Tool): string {
  const file = part.outcome?.kind === 'done' ? nameSchema.safeParse(part.outcome.value) : null;
  if (file?.success) return file.data.name;
  const query = querySchema.safeParse(part.arguments);
  return query.success ? `“${query.data.query}”` : '';
}
