import type { EventEmitter } from 'node:events';

/** The members of an Electron type that are its own: what an emitter brings is not compared. */
export type Members<Type> = Partial<Omit<Type, keyof EventEmitter>>;

/** What is looked up on anything, by the language itself or by those who print it. */
const harmless = new Set(['then', 'toJSON', 'constructor', 'prototype', 'asymmetricMatch', '$$typeof', 'nodeType']);

/** Below the members that are there: says plainly which one is not. Feature tests with `?.` meet it as well. */
function guard(name: string, parent: object): object {
  return new Proxy(parent, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || harmless.has(key)) return Reflect.get(target, key, receiver);
      throw new Error(`stand-in: ${name}.${key} is not there`);
    },
  });
}

/** Lets an object throw where a member is used that the stand-in lacks. */
export function standsFor<Type extends object>(name: string, members: Type): Type {
  return Object.setPrototypeOf(members, guard(name, Object.getPrototypeOf(members)));
}

/** The same for a class and its instances. Use it as a decorator would be: once, after the class. */
export function classStandsFor(name: string, type: { readonly prototype: object }): void {
  for (const one of [type, type.prototype]) Object.setPrototypeOf(one, guard(name, Object.getPrototypeOf(one)));
}

/** One object stands in for a type of which it has only a part; what is missing throws when it is used. */
export function as<Type>(part: object): Type {
  return part as Type;
}
