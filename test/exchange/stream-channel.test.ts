import { expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { openChannel } from '../../src/exchange/stream/stream.channel.ts';
import type { FeedRange, StreamPage } from '../../src/exchange/stream/stream.store.ts';
import { eventually } from '../support/eventually.ts';

const positionOf = (xid: number) => ({ xid: String(xid), collection: 'incidents', id: 'a', nonce: 'n' });
const placeOf = (xid: number) => ({ position: positionOf(xid), cursor: `cursor-${xid}` });
const page = (xid: number): StreamPage => ({ entries: [], isFull: false, end: placeOf(xid), resetMark: 'm' });

/** A channel at the head 10, whose reads end when the test says so. */
async function heldChannel() {
  const reads: { range: FeedRange; end(result: StreamPage): void }[] = [];
  const channel = await openChannel({
    store: {
      now: async () => ({ ...placeOf(10), resetMark: 'm' }),
      read: (_caller, range) => new Promise((end) => reads.push({ range, end })),
    },
    caller: ANONYMOUS,
    question: {},
    runLimited: (work) => work(),
    tell() {},
  });
  return { channel, reads };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

// Features are read as they are: beside each other, the older of two answers could come last.
test('a reader who comes back is read for after a read of the head that is under way', async () => {
  const { channel, reads } = await heldChannel();
  const advanced = channel.advance();
  await eventually(() => reads.length === 1);
  const caughtUp = channel.catchUp({ end: positionOf(5), resets: 0 });
  await soon();
  expect(reads).toHaveLength(1);
  reads[0]!.end(page(12));
  await advanced;
  await eventually(() => reads.length === 2);
  expect(reads[1]!.range).toEqual({ after: positionOf(5), until: positionOf(12) });
  reads[1]!.end(page(12));
  expect((await caughtUp).end).toEqual(positionOf(12));
});

test('the head is read after the pages of readers who come back, which are read side by side', async () => {
  const { channel, reads } = await heldChannel();
  const caughtUp = [5, 6].map((xid) => channel.catchUp({ end: positionOf(xid), resets: 0 }));
  await eventually(() => reads.length === 2);
  const advanced = channel.advance();
  await soon();
  reads[0]!.end(page(10));
  await soon();
  expect(reads).toHaveLength(2);
  reads[1]!.end(page(10));
  await Promise.all(caughtUp);
  await eventually(() => reads.length === 3);
  expect(reads[2]!.range).toEqual({ after: positionOf(10) });
  reads[2]!.end(page(12));
  await advanced;
});
