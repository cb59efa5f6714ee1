import type { TFunction } from 'i18next';
import { toolNameSchema } from '../../node-core/api/agent-views.ts';
import { hands } from '../messages/en/hands.ts';
import { exactName } from './exact-pieces.ts';

const titles = hands.toolTitle;

const hasTitle = (name: string): name is keyof typeof titles => Object.hasOwn(titles, name);

/** A tool in words; one that Nunba did not bring keeps the name that its server gave it. */
export function toolTitle(t: TFunction, name: string): string {
  if (hasTitle(name)) return t(`hands.toolTitle.${name}`);
  const ours = toolNameSchema.safeParse(name);
  return ours.success ? t(`agents.tool.${ours.data}.name`) : exactName(name);
}
