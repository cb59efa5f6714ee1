import { EventEmitter } from 'node:events';
import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import { classStandsFor, type Members, standsFor } from './stands-for.ts';

/** A test tells `suspend`, `resume`, `lock-screen`, `unlock-screen` or `shutdown`. */
class StandInPower extends EventEmitter implements Members<PowerMonitor> {
  readonly onBatteryPower = false;

  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(): 'active' {
    return 'active';
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}
classStandsFor('powerMonitor', StandInPower);

export const powerMonitor = new StandInPower();

const blocking = new Set<number>();

export const powerSaveBlocker = standsFor('powerSaveBlocker', {
  start(): number {
    blocking.add(blocking.size + 1);
    return blocking.size;
  },
  stop: (id: number): boolean => blocking.delete(id),
  isStarted: (id: number): boolean => blocking.has(id),
} satisfies Partial<PowerSaveBlocker>);
