import { expect, test } from '@jest/globals';
import { messageRelay, type Receiver } from '../../src/processes/message.relay.ts';
import type { ToProcess } from '../../src/processes/message.ts';
import { eventually } from '../support/eventually.ts';

function aProcess() {
  const got: ToProcess[] = [];
  const state = { isKilled: false };
  const receiver: Receiver = {
    send: (message) => void got.push(message),
    kill: () => {
      state.isKilled = true;
    },
  };
  return { ...receiver, receiver, got, state };
}

const answersOf = ({ got }: { got: ToProcess[] }) =>
  got.flatMap((message) => (message.kind === 'answers' ? [message] : []));
const questionOf = ({ got }: { got: ToProcess[] }) =>
  got.find((message) => message.kind === 'ask') as Extract<ToProcess, { kind: 'ask' }>;

function threeOf(relay: ReturnType<typeof messageRelay>) {
  const processes = [aProcess(), aProcess(), aProcess()] as const;
  for (const { receiver } of processes) relay.add(receiver);
  return processes;
}

test('an answer comes when every sibling has replied, and holds all replies', () => {
  const relay = messageRelay();
  const [asking, second, third] = threeOf(relay);
  relay.ask(asking.receiver, { kind: 'ask', id: 7, topic: 'open', message: 'x' });
  expect(questionOf(second)).toMatchObject({ topic: 'open', message: 'x' });
  expect(questionOf(asking)).toBeUndefined();
  relay.reply(second.receiver, { kind: 'reply', id: questionOf(second).id, message: 1 });
  expect(answersOf(asking)).toEqual([]);
  relay.reply(third.receiver, { kind: 'reply', id: questionOf(third).id, message: 2 });
  expect(answersOf(asking)).toEqual([{ kind: 'answers', id: 7, messages: [1, 2] }]);
});

test('a sibling that ends is not waited for', () => {
  const relay = messageRelay();
  const [asking, second, third] = threeOf(relay);
  relay.ask(asking.receiver, { kind: 'ask', id: 7, topic: 'open', message: 'x' });
  relay.reply(second.receiver, { kind: 'reply', id: questionOf(second).id, message: 1 });
  relay.remove(third.receiver);
  expect(answersOf(asking)).toEqual([{ kind: 'answers', id: 7, messages: [1] }]);
});

test('a process without siblings is answered at once', () => {
  const relay = messageRelay();
  const alone = aProcess();
  relay.add(alone.receiver);
  relay.ask(alone.receiver, { kind: 'ask', id: 1, topic: 'open', message: undefined });
  expect(answersOf(alone)).toEqual([{ kind: 'answers', id: 1, messages: [] }]);
});

test('a sibling that stays silent is killed, and nobody else', async () => {
  const relay = messageRelay(1);
  const [asking, second, third] = threeOf(relay);
  relay.ask(asking.receiver, { kind: 'ask', id: 7, topic: 'open', message: 'x' });
  relay.reply(second.receiver, { kind: 'reply', id: questionOf(second).id, message: 1 });
  await eventually(() => third.state.isKilled);
  expect([asking, second].map(({ state }) => state.isKilled)).toEqual([false, false]);
});

test('a reply that comes twice counts once', () => {
  const relay = messageRelay();
  const [asking, second, third] = threeOf(relay);
  relay.ask(asking.receiver, { kind: 'ask', id: 7, topic: 'open', message: 'x' });
  const { id } = questionOf(second);
  relay.reply(second.receiver, { kind: 'reply', id, message: 1 });
  relay.reply(second.receiver, { kind: 'reply', id, message: 1 });
  expect(answersOf(asking)).toEqual([]);
  relay.remove(third.receiver);
  expect(answersOf(asking)).toEqual([{ kind: 'answers', id: 7, messages: [1] }]);
});
