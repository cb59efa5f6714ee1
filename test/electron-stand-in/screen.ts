import { EventEmitter } from 'node:events';
import type { Display, Rectangle, Screen } from 'electron';
import { as, classStandsFor, type Members } from './stands-for.ts';

/** One screen; a test may set others and tell it with `display-added`, `display-removed`, `display-metrics-changed`. */
class StandInScreen extends EventEmitter implements Members<Screen> {
  displays: Display[] = [createDisplay(1, { x: 0, y: 0, width: 1920, height: 1080 })];

  getAllDisplays(): Display[] {
    return [...this.displays];
  }

  getPrimaryDisplay(): Display {
    return this.displays[0] ?? createDisplay(1, { x: 0, y: 0, width: 1920, height: 1080 });
  }

  getDisplayMatching(bounds: Rectangle): Display {
    const best = this.displays.toSorted((a, b) => overlap(b.bounds, bounds) - overlap(a.bounds, bounds))[0];
    return best && overlap(best.bounds, bounds) > 0 ? best : this.getPrimaryDisplay();
  }

  getDisplayNearestPoint(point: { readonly x: number; readonly y: number }): Display {
    return this.getDisplayMatching({ ...point, width: 1, height: 1 });
  }

  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 };
  }
}
classStandsFor('screen', StandInScreen);

export const screen = new StandInScreen();

function createDisplay(id: number, bounds: Rectangle): Display {
  const { width, height } = bounds;
  return as<Display>({
    id,
    bounds,
    workArea: bounds,
    size: { width, height },
    workAreaSize: { width, height },
    scaleFactor: 1,
    rotation: 0,
    label: `stand-in ${id}`,
  });
}

/** Common area, in square pixels. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
