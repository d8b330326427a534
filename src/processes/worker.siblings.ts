import type { Socket } from 'node:net';
import type { Siblings } from '../core/siblings.ts';
import type { FromProcess, ProcessPlace, ToProcess } from './message.ts';

export interface WorkerPlace extends ProcessPlace {
  siblings: Siblings;
  /** From now on this process takes part: it answers its siblings and serves connections. */
  begin(serve: (connection: Socket) => void): void;
  /** No more connections come. */
  end(): void;
}

/** Takes the place that the supervisor gives to this process. */
export async function joinSiblings(): Promise<WorkerPlace> {
  const asked = new Map<number, (answers: unknown[]) => void>();
  const replies = new Map<string, (message: never) => unknown>();
  let last = 0;
  let serve: ((connection: Socket) => void) | undefined;

  async function replyTo({ id, topic, message }: Extract<ToProcess, { kind: 'ask' }>): Promise<void> {
    const reply = await replies.get(topic)?.(message as never);
    send({ kind: 'reply', id, message: reply });
  }

  function take(id: number, connection: Socket | undefined): void {
    // otherwise the supervisor gives it to another
    if (!serve) return;
    send({ kind: 'took', id });
    if (connection) serve(connection);
  }

  const placed = new Promise<ProcessPlace>((resolve) => {
    process.on('message', (message: ToProcess, connection?: Socket) => {
      switch (message.kind) {
        case 'place':
          return resolve(message.place);
        case 'connection':
          return take(message.id, connection);
        case 'ask':
          return void replyTo(message);
        case 'answers':
          asked.get(message.id)?.(message.messages);
          asked.delete(message.id);
      }
    });
  });
  send({ kind: 'join' });
  const place = await placed;
  return {
    ...place,
    begin(serveOne) {
      serve = serveOne;
      send({ kind: 'ready' });
    },
    end() {
      serve = undefined;
      send({ kind: 'ending' });
    },
    siblings: {
      number: place.number,
      count: place.count,
      answer: (topic, reply) => void replies.set(topic, reply),
      ask: <Answer>(topic: string, message?: unknown) =>
        new Promise<Answer[]>((resolve) => {
          const id = ++last;
          asked.set(id, resolve as (answers: unknown[]) => void);
          send({ kind: 'ask', id, topic, message });
        }),
    },
  };
}

/** Without a supervisor Node ends this process. */
const send = (message: FromProcess): void => {
  if (process.connected) process.send!(message);
};
