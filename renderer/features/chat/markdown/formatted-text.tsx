import { useEffect, useState } from 'react';
import { defaultRehypePlugins, type MathPlugin, type PluginConfig, Streamdown } from 'streamdown';
import './prose.css';
import { hasMath, withMathFences } from './math-fences.ts';
import { proseParts } from './prose-parts.tsx';
import { safeUrl } from './safe-url.ts';

/** Without `rehype-raw`: HTML in an answer is shown as the text it is. */
const rehypePlugins = defaultRehypePlugins.sanitize ? [defaultRehypePlugins.sanitize] : [];

interface FormattedTextProps {
  readonly text: string;
  readonly isWriting: boolean;
}

/** Markdown as React elements. While it grows only its last block is rendered anew. */
export function FormattedText({ text, isWriting }: FormattedTextProps) {
  const isMath = hasMath(text);
  const plugins = useMathPlugin(isMath);
  return (
    <Streamdown
      className="prose"
      dir="auto"
      parseIncompleteMarkdown={isWriting}
      isAnimating={isWriting}
      controls={false}
      rehypePlugins={rehypePlugins}
      urlTransform={safeUrl}
      components={proseParts}
      {...(plugins ? { plugins } : {})}
    >
      {isMath ? withMathFences(text) : text}
    </Streamdown>
  );
}

/** The plugin for formulas, loaded with the first answer that has one. */
function useMathPlugin(isWanted: boolean): PluginConfig | null {
  const [plugins, setPlugins] = useState<PluginConfig | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    import('./math-plugin.ts').then(
      ({ mathPlugin }) => isCurrent && setPlugins(configFor(mathPlugin)),
      (error: unknown) => console.error(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [isWanted]);
  return plugins;
}

const configFor = (math: MathPlugin): PluginConfig => ({ math });
