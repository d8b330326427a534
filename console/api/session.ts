import { signal } from '@preact/signals';
import type { Me } from '../../src/features/me/me.schema.ts';
import { ROOT } from '../app/place.ts';
import { listen, resetAll } from './live.ts';
import { Refusal, read, send } from './request.ts';

/** Whoever is signed in; null: nobody, who sees what is CLEAR. */
export const me = signal<Me | null>(null);

export const may = (operation: string): boolean => me.value?.operations.includes(operation) ?? false;

/** Reads who is signed in, and opens the stream as that. */
export async function begin(): Promise<void> {
  me.value = await read<Me>('/me').catch((error) => {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  });
  listen();
  resetAll();
}

/** The key is sent once and kept nowhere. */
export async function signIn(key: string): Promise<void> {
  const response = await send(`${ROOT}/session`, { method: 'POST', body: { key } });
  if (!response.ok) throw new Refusal(response.status, await response.json());
  await begin();
}

export async function signOut(): Promise<void> {
  const response = await send(`${ROOT}/session`, { method: 'DELETE' });
  if (!response.ok) throw new Refusal(response.status, await response.json());
  await begin();
}
