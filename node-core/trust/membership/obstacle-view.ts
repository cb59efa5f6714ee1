import { english } from '../../api/english.ts';
import { obstacleSentence } from '../../api/trust-sentences.ts';
import type { TrustView } from '../../api/trust-views.ts';
import type { TrustObstacle } from '../../protocol/trust/obstacle.ts';
import type { JoinObstacle } from './membership-record.ts';

type ObstacleView = NonNullable<NonNullable<TrustView['application']>['obstacle']>;

/** An obstacle with its English sentence, for joining and renewing alike. */
export function obstacleView(obstacle: JoinObstacle): ObstacleView {
  const fact = obstacleFact(obstacle);
  return { ...fact, sentence: english(obstacleSentence(fact)).slice(0, 500) };
}

/** An obstacle as the rules of the node's state take it. */
export function obstacleFact(obstacle: JoinObstacle): TrustObstacle {
  const { kind } = obstacle;
  const code = obstacleCode(obstacle);
  // What a steward wrote is the one thing that only the issuer knows.
  const isStewards = kind === 'refused' && (code === 'rejected' || code === 'domain-not-proven');
  return { kind, code, said: isStewards && obstacle.sentence !== '' ? obstacle.sentence : null };
}

/** Its cause, reason or defect. */
export function obstacleCode(obstacle: JoinObstacle): string {
  switch (obstacle.kind) {
    case 'unreachable':
      return obstacle.cause;
    case 'refused':
      return obstacle.reason;
    case 'defect':
      return obstacle.defect;
  }
}
