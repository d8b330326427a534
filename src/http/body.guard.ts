import { message } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';
import { invalidInput } from '../core/problem.ts';
import { textFault } from './text.guard.ts';

// GeoJSON needs about ten levels; recursive schemas must not overflow the stack.
const MAX_DEPTH = 64;

/** Refuses dangerous bodies before the schemas: deep nesting, `__proto__`, texts that cannot be stored. */
export function guardBody(body: unknown): void {
  walk(body, []);
}

function walk(value: unknown, path: string[]): void {
  if (typeof value === 'string') refuse(textFault(value), path);
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= MAX_DEPTH) refuse(message('nested-too-deep', { levels: MAX_DEPTH }), path.slice(0, 3));
  if (Array.isArray(value)) walkList(value, path);
  else walkObject(value, path);
}

function walkList(list: unknown[], path: string[]): void {
  for (let index = 0; index < list.length; index++) {
    const entry = list[index];
    if (typeof entry === 'number') continue;
    path.push(String(index));
    walk(entry, path);
    path.pop();
  }
}

function walkObject(object: object, path: string[]): void {
  for (const [name, entry] of Object.entries(object)) {
    path.push(name);
    if (name === '__proto__') refuse(message('name-reserved'), path);
    refuse(textFault(name), path);
    walk(entry, path);
    path.pop();
  }
}

function refuse(fault: Message | undefined, path: readonly string[]): void {
  if (fault) throw invalidInput([{ in: 'body', path: path.join('.'), ...fault }]);
}
