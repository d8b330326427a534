import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../core/catalogue.ts';
import type { Message } from '../../core/messages/message.ts';
import type { World } from '../../core/world.ts';
import { inWorld } from './delivery.sender.ts';
import { type PostSettings, postMessage } from './webhook.post.ts';

const Answer = z.object({ challenge: z.string() });

/** Asks the receiver for its consent: it must return the challenge. Returns the fault, or undefined. */
export async function challenge(
  { url, secrets, world }: { url: string; secrets: readonly Buffer[]; world: World },
  settings: PostSettings,
): Promise<Message | undefined> {
  const asked = randomUUID();
  const told = JSON.stringify({
    type: 'verification',
    timestamp: new Date().toISOString(),
    data: { challenge: asked },
  });
  const body = inWorld(world, told);
  const {
    status = 0,
    error,
    text = '',
  } = await postMessage({ id: randomUUID(), url, body, secrets }, settings);
  if (error !== undefined) return error;
  if (status < 200 || status > 299) return message('receiver-answered', { status });
  return answeredIn(text) === asked ? undefined : message('receiver-not-challenged');
}

function answeredIn(text: string): string | undefined {
  try {
    return Answer.safeParse(JSON.parse(text)).data?.challenge;
  } catch {
    return undefined;
  }
}
