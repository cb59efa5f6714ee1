import type { TFunction } from 'i18next';
import { hands } from '../messages/en/hands.ts';
import { exactName } from './exact-pieces.ts';

const titles = hands.toolTitle;

const isOurs = (name: string): name is keyof typeof titles => Object.hasOwn(titles, name);

/** A tool in words; one that Nunba did not bring keeps the name that its server gave it. */
export function toolTitle(t: TFunction, name: string): string {
  return isOurs(name) ? t(`hands.toolTitle.${name}`) : exactName(name);
}
