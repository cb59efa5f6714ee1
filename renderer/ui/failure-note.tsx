import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../node-core/api/failures.ts';
import { failureText } from '../messages/failure-text.ts';
import { Banner } from './banner.tsx';

interface FailureNoteProps {
  /** `null`: nothing failed, nothing is shown. */
  failure: Failure | null;
  action?: ReactNode;
  onDismiss?: (() => void) | undefined;
  className?: string | undefined;
}

/** The sentence of a failure, at the place where it happened. */
export function FailureNote({ failure, action, onDismiss, className }: FailureNoteProps) {
  const { t } = useTranslation();
  if (!failure) return null;
  return (
    <Banner tone="bad" action={action} onDismiss={onDismiss} className={className}>
      {failureText(t, failure)}
    </Banner>
  );
}
