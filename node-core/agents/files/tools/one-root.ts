import { ToolRefusal } from '../../tools/tool.ts';
import type { Root } from '../reach/place-within.ts';
import type { Found } from '../reach/reach.ts';

/** The picked folder that all places are in: what a person allows is about one folder. */
export function requireOneRoot(places: readonly Found[]): Root {
  const [first, ...others] = places;
  if (!first) throw new ToolRefusal('Nothing was named.');
  if (others.some(({ root }) => root.path !== first.root.path)) {
    throw new ToolRefusal('All of it has to be in one picked folder. Use one call for each folder.');
  }
  return first.root;
}
