import { useEffect, useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useScreen } from '../../screen.tsx';
import type { AddressOrder } from './address-order.ts';
import type { CancelCall } from './cancel-call.ts';
import { type JoinStage, type LocalStep, stageOf } from './join-stage.ts';

/** The page's step, and what leads from one to the next. */
export interface Joining {
  readonly stage: JoinStage;
  /** The node is told to join. */
  readonly isBusy: boolean;
  /** Why it did not begin to. */
  readonly failure: Failure | null;
  readonly choose: () => void;
  readonly enter: () => void;
  /** To where an address is entered, with what was typed. */
  readonly backTo: (order: AddressOrder) => void;
  /** Shows what a link says. */
  readonly review: (link: string) => void;
  /** Shows what joining means where the node asks nobody about the words; asks the server where there are none. */
  readonly address: (order: AddressOrder) => void;
  readonly joinByLink: (link: string) => void;
  readonly joinByAddress: (order: AddressOrder) => void;
  readonly cancel: CancelCall & { readonly failure: Failure | null };
}

const choosing: LocalStep = { kind: 'choose' };

/** Keeps what the person has begun here, and tells the node what they decided. */
export function useJoining(trust: TrustView): Joining {
  const goal = useScreen((state) => state.joinGoal);
  const showJoin = useScreen((state) => state.showJoin);
  const [local, setLocal] = useState<LocalStep>(choosing);
  const join = useCall('trust.join');
  const joinAddress = useCall('trust.joinAddress');
  const cancel = useCall('trust.cancel');
  const stage = stageOf(trust, goal, local);
  useEffect(() => {
    if (local.kind === 'starting' && stage.kind !== 'starting') setLocal(choosing);
  }, [local, stage.kind]);

  const go = (next: LocalStep): void => {
    join.clear();
    joinAddress.clear();
    if (goal !== null) showJoin(null);
    setLocal(next);
  };
  const began = () => go({ kind: 'starting', before: trust.application?.since ?? null });
  const joinByAddress = async (order: AddressOrder): Promise<void> => {
    if ((await joinAddress.run(order)).isOk) began();
  };
  return {
    stage,
    isBusy: join.isRunning || joinAddress.isRunning,
    failure: stage.kind === 'review' ? join.failure : joinAddress.failure,
    choose: () => go(choosing),
    enter: () => go({ kind: 'enter', order: null }),
    backTo: (order) => go({ kind: 'enter', order }),
    review: (link) => {
      join.clear();
      joinAddress.clear();
      showJoin({ id: `here-${Date.now()}`, link });
    },
    address: (order) => {
      if (order.words === null) void joinByAddress(order);
      else go({ kind: 'address', order });
    },
    joinByLink: async (link) => {
      if ((await join.run({ link })).isOk) began();
    },
    joinByAddress,
    cancel: { run: () => void cancel.run({}), isRunning: cancel.isRunning, failure: cancel.failure },
  };
}
