import { Upload } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { Button } from './button.tsx';

interface FileButtonProps {
  label: string;
  /** Kinds of files, as `accept` of an input takes them. */
  accept: string;
  size?: 'sm' | 'md' | undefined;
  onFile: (file: File) => void;
}

/** A button that lets the person choose one file. */
export function FileButton({ label, accept, size, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) onFile(file);
  };
  return (
    <>
      <Button size={size} icon={<Upload />} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        aria-hidden="true"
        tabIndex={-1}
        onChange={chosen}
        className="sr-only"
      />
    </>
  );
}
