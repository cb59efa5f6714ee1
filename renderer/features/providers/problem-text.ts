import type { TFunction } from 'i18next';
import type { TestReport } from '../../../node-core/api/model-views.ts';

type Problem = NonNullable<TestReport['problem']>;
type Fix = NonNullable<TestReport['fix']>;

/** The first and last bytes of a fingerprint, enough to compare by eye. */
const shortFingerprint = (hex: string): string =>
  `${hex.slice(0, 8)} … ${hex.slice(-8)}`.toUpperCase().replace(/(\w{4})(?=\w)/g, '$1 ');

/** What a Test found wrong, as a sentence. */
export function problemText(t: TFunction, problem: Problem): string {
  switch (problem.kind) {
    case 'bad-address':
      return t('models.problem.badAddress', { reason: problem.reason });
    case 'own-address':
      return t('models.problem.ownAddress');
    case 'dns':
      return t('models.problem.dns', { host: problem.host });
    case 'refused':
      return t('models.problem.refused', { host: problem.host, port: String(problem.port) });
    case 'timeout':
      return t('models.problem.timeout', { host: problem.host, seconds: problem.seconds });
    case 'self-signed':
      return t('models.problem.selfSigned', {
        host: problem.host,
        fingerprint: shortFingerprint(problem.fingerprint),
      });
    case 'tls':
      return t('models.problem.tls', { host: problem.host, reason: problem.reason });
    default:
      return answerProblemText(t, problem);
  }
}

type AnswerProblem = Extract<
  Problem,
  { kind: 'unauthorized' | 'no-such-model' | 'no-models' | 'missing-v1' | 'html' | 'other' }
>;

/** The same for what an answer of the far end was about. */
function answerProblemText(t: TFunction, problem: AnswerProblem): string {
  switch (problem.kind) {
    case 'unauthorized':
      return t(problem.hasKey ? 'models.problem.wrongKey' : 'models.problem.noKey', { host: problem.host });
    case 'no-such-model':
      return t('models.problem.noSuchModel', { model: problem.model });
    case 'no-models':
      return t('models.problem.noModels', { host: problem.host });
    case 'missing-v1':
      return t('models.problem.missingV1', { host: problem.host });
    case 'html':
      return t('models.problem.html', { host: problem.host });
    case 'other':
      return problem.status === null
        ? t('models.problem.other', { host: problem.host, detail: problem.detail })
        : t('models.problem.otherStatus', {
            host: problem.host,
            status: String(problem.status),
            detail: problem.detail,
          });
  }
}

/** What the button that mends it says. */
export function fixLabel(t: TFunction, fix: Fix): string {
  switch (fix.kind) {
    case 'use-url':
      return t('models.fix.useUrl', { url: fix.url });
    case 'use-model':
      return t('models.fix.useModel', { model: fix.model });
    case 'trust-certificate':
      return t('models.fix.trustCertificate');
    case 'enter-key':
      return t('models.fix.enterKey');
    case 'edit-url':
      return t('models.fix.editUrl');
    case 'test-again':
      return t('models.fix.testAgain');
  }
}
