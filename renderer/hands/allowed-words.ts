import type { TFunction } from 'i18next';
import type { ApprovalView } from '../../node-core/api/hands-views.ts';

/** How a use of a tool came to be allowed, or not; `null` where nobody needed to be asked, or the question is open. */
export function allowedWords(t: TFunction, approval: ApprovalView): string | null {
  switch (approval.kind) {
    case 'not-needed':
    case 'asked':
      return null;
    case 'given':
      return t(`hands.allowed.${approval.by}.${approval.scope}`);
    case 'refused':
      return t(approval.by === 'nobody' ? 'hands.allowed.nobody' : 'hands.allowed.refused');
  }
}
