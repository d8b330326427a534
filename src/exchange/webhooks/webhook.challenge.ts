import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type PostSettings, post } from './webhook.post.ts';

const Answer = z.object({ challenge: z.string() });

/** Asks the receiver for its consent: it must return the challenge. Returns the fault, or undefined. */
export async function challenge(
  { url, secrets }: { url: string; secrets: readonly Buffer[] },
  settings: PostSettings,
): Promise<string | undefined> {
  const asked = randomUUID();
  const body = JSON.stringify({
    type: 'verification',
    timestamp: new Date().toISOString(),
    data: { challenge: asked },
  });
  const { status = 0, error, text = '' } = await post({ id: randomUUID(), url, body, secrets }, settings);
  if (error !== undefined) return error;
  if (status < 200 || status > 299) return `answered with ${status}`;
  return answeredIn(text) === asked ? undefined : 'did not answer with the challenge';
}

function answeredIn(text: string): string | undefined {
  try {
    return Answer.safeParse(JSON.parse(text)).data?.challenge;
  } catch {
    return undefined;
  }
}
