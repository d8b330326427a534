import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from './world.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of all operations
  body: any;
}

const TRIES = 400;
const AGAIN_MS = 100;

/** Calls any process that answers; undefined if no process did, and the outcome is unknown. */
export function clientOf(urls: readonly string[]) {
  let turn = 0;
  const once = async (
    agent: Agent,
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer | undefined> => {
    const url = urls[turn++ % urls.length]!;
    const headers = { ...agent.headers, ...(body && { 'Content-Type': 'application/json' }) };
    try {
      const answer = await fetch(`${url}/v1${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : undefined };
    } catch {
      return undefined;
    }
  };
  return {
    once,
    /** Retries an idempotent request until it is answered. */
    async surely(agent: Agent, method: string, path: string, body?: object): Promise<Answer> {
      for (let n = 0; n < TRIES; n++) {
        const answer = await once(agent, method, path, body);
        if (answer && answer.status < 500) return answer;
        await sleep(AGAIN_MS);
      }
      throw new Error(`${method} ${path} was not answered.`);
    },
  };
}
export type Client = ReturnType<typeof clientOf>;
