import type { FromProcess, ToProcess } from './message.ts';

/** A process that takes messages. */
export interface Receiver {
  send(message: ToProcess): void;
  /** kill -9 */
  kill(): void;
}

interface OpenQuestion {
  from: Receiver;
  /** The number that the asking process gave it. */
  id: number;
  waiting: Set<Receiver>;
  answers: unknown[];
  overdue: NodeJS.Timeout;
}

type SiblingQuestion = Extract<FromProcess, { kind: 'ask' }>;
type SiblingReply = Extract<FromProcess, { kind: 'reply' }>;

/** A process that is silent for longer hangs, and may answer with what it should have dropped. */
const MOST_SILENT_MS = 30_000;

/** Carries questions to all siblings of a process, and their answers back. A sibling that ends answers no more. */
export function messageRelay(mostSilentMs = MOST_SILENT_MS) {
  const receivers = new Set<Receiver>();
  const open = new Map<number, OpenQuestion>();
  let last = 0;

  function finish(id: number, question: OpenQuestion): void {
    if (question.waiting.size > 0) return;
    open.delete(id);
    clearTimeout(question.overdue);
    question.from.send({ kind: 'answers', id: question.id, messages: question.answers });
  }

  return {
    add: (receiver: Receiver) => void receivers.add(receiver),

    remove(receiver: Receiver): void {
      receivers.delete(receiver);
      for (const [id, question] of open) if (question.waiting.delete(receiver)) finish(id, question);
    },

    ask(from: Receiver, { id, topic, message }: SiblingQuestion): void {
      const own = ++last;
      const waiting = new Set(receivers);
      waiting.delete(from);
      const killSilent = () => {
        for (const receiver of waiting) receiver.kill();
      };
      const overdue = setTimeout(killSilent, mostSilentMs).unref();
      const question: OpenQuestion = { from, id, waiting, answers: [], overdue };
      open.set(own, question);
      for (const receiver of waiting) receiver.send({ kind: 'ask', id: own, topic, message });
      finish(own, question);
    },

    reply(from: Receiver, { id, message }: SiblingReply): void {
      const question = open.get(id);
      if (!question?.waiting.delete(from)) return;
      question.answers.push(message);
      finish(id, question);
    },
  };
}

export type MessageRelay = ReturnType<typeof messageRelay>;
