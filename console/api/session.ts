import { signal } from '@preact/signals';
import type { Session } from '../../src/access/session.schema.ts';
import type { Me } from '../../src/features/me/me.schema.ts';
import { BASE, ROOT } from '../app/place.ts';
import { link, listen, onRefused } from './live.ts';
import { onUnknown, Refusal, read, send } from './request.ts';

/** Whoever is signed in; null: nobody, who sees what is CLEAR. */
export const me = signal<Me | null>(null);

/** When a session ended that nobody ended here: its key was revoked, or its time was over. */
export const endedAt = signal<number | undefined>(undefined);

/** When the session ends at the latest, by the clock of this machine. */
export const endsAt = signal<number | undefined>(undefined);

/** The way in of the organisation's OpenID provider, back to this view; undefined: nobody signs in so. */
export const openIdHref = signal<string | undefined>(undefined);

export const may = (operation: string): boolean => me.value?.operations.includes(operation) ?? false;

// the tabs of a browser share its cookie
const tabs = new BroadcastChannel(`tripoint ${BASE} session`);
tabs.onmessage = () => {
  endedAt.value = undefined;
  void begin();
};

const AGAIN_MS = 2_000;

/** Reads who is signed in, and opens the stream as that; again and again until the service answers. */
export async function begin(): Promise<void> {
  const found = await readMe().catch(() => undefined);
  if (found !== undefined) return become(found);
  link.value = { ...link.peek(), state: 'lost' };
  setTimeout(begin, AGAIN_MS);
}

function become(found: Me | null): void {
  me.value = found;
  // the screen does not wait for it, and the service says it again with the next beginning
  void readSession().catch(() => {});
  listen(identityOf(found));
}

const readMe = (): Promise<Me | null> =>
  read<Me>('/me').catch((error) => {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  });

async function readSession(): Promise<void> {
  const response = await send(`${ROOT}/session`, {});
  const { endsInSeconds, openId, signedIn } = (await response.json()) as Session;
  endsAt.value = endsInSeconds === null ? undefined : Date.now() + endsInSeconds * 1_000;
  openIdHref.value = openId ?? undefined;
  if (!signedIn && me.peek()?.credential === 'session') await lookAgain();
}

const identityOf = (found: Me | null): string =>
  found ? JSON.stringify([found.agency, found.key, found.roles]) : 'nobody';

let isLooking = false;
async function lookAgain(): Promise<void> {
  if (isLooking) return;
  isLooking = true;
  const found = await readMe().catch(() => undefined);
  isLooking = false;
  if (found === undefined || identityOf(found) === identityOf(me.peek())) return;
  if (!found) endedAt.value = Date.now();
  become(found);
}

onRefused(lookAgain);
// the answer that says so takes the cookie away: the stream would come back as that of a stranger
onUnknown(() => {
  if (me.peek()?.credential === 'session') void lookAgain();
});

/** The key is sent once and kept nowhere. */
export const signIn = (key: string): Promise<void> => change({ method: 'POST', body: { key } });

export const signOut = (): Promise<void> => change({ method: 'DELETE' });

async function change(request: { method: 'POST' | 'DELETE'; body?: object }): Promise<void> {
  const response = await send(`${ROOT}/session`, request);
  if (!response.ok) throw new Refusal(response.status, await response.json());
  endedAt.value = undefined;
  tabs.postMessage('changed');
  await begin();
}
