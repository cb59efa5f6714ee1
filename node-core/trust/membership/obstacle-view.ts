import { describeObstacle } from '../../api/trust-sentences.ts';
import type { TrustView } from '../../api/trust-views.ts';
import type { JoinObstacle } from './membership-record.ts';

type ObstacleView = NonNullable<NonNullable<TrustView['application']>['obstacle']>;

/** An obstacle with its sentence, for joining and renewing alike. */
export function obstacleView(obstacle: JoinObstacle): ObstacleView {
  const { kind } = obstacle;
  const code = obstacleCode(obstacle);
  const sentence = describeObstacle({ kind, code });
  // What a steward wrote is the one thing that only the issuer knows.
  const isStewards = kind === 'refused' && (code === 'rejected' || code === 'domain-not-proven');
  const said = isStewards && obstacle.sentence !== '' ? `${sentence} It says: “${obstacle.sentence}”` : sentence;
  return { kind, code, sentence: said.slice(0, 500) };
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
