import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ConnectionDealer, connectionDealer } from '../../src/processes/connection.dealer.ts';
import { eventually } from '../support/eventually.ts';

let port: Server;
let dealer: ConnectionDealer;
const clients: Socket[] = [];
beforeEach(async () => {
  dealer = connectionDealer();
  port = createServer({ pauseOnConnect: true }, dealer.deal).listen(0, '127.0.0.1');
  await once(port, 'listening');
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  dealer.close();
  port.close();
  await once(port, 'close');
});

/** A client, and what it saw. */
async function aClient() {
  const { port: number } = port.address() as { port: number };
  const client = connect(number, '127.0.0.1').on('error', () => {});
  clients.push(client);
  await once(client, 'connect');
  return client;
}

function aProcess() {
  const handed: number[] = [];
  const state = { isKilled: false };
  const kill = () => {
    state.isKilled = true;
  };
  return { handed, state, taker: { kill, hand: (id: number) => void handed.push(id) } };
}

test('processes get connections in turn', async () => {
  const [one, two] = [aProcess(), aProcess()];
  dealer.add(one.taker);
  dealer.add(two.taker);
  for (let n = 0; n < 6; n++) await aClient();
  await eventually(() => one.handed.length + two.handed.length === 6);
  expect([one.handed.length, two.handed.length]).toEqual([3, 3]);
});

test('a connection that a process did not take before it ended goes to another', async () => {
  const [one, two] = [aProcess(), aProcess()];
  dealer.add(one.taker);
  await aClient();
  await aClient();
  await eventually(() => one.handed.length === 2);
  dealer.took(one.handed[0]!);
  dealer.add(two.taker);
  dealer.remove(one.taker);
  expect(two.handed).toHaveLength(1);
});

test('a process that has not taken its last connection gets no more', async () => {
  const [one, two] = [aProcess(), aProcess()];
  dealer.add(one.taker);
  dealer.add(two.taker);
  for (let n = 1; n <= 5; n++) {
    await aClient();
    await eventually(() => one.handed.length + two.handed.length === n);
    if (two.handed.length > 0) dealer.took(two.handed.at(-1)!);
  }
  expect([one.handed.length, two.handed.length]).toEqual([1, 4]);
});

test('a process that takes nothing is killed', async () => {
  const impatient = connectionDealer(1);
  port.off('connection', dealer.deal).on('connection', impatient.deal);
  const one = aProcess();
  impatient.add(one.taker);
  await aClient();
  await eventually(() => one.state.isKilled);
  impatient.close();
});

test('connections wait while no process runs', async () => {
  const one = aProcess();
  const client = await aClient();
  let isClosed = false;
  client.once('close', () => {
    isClosed = true;
  });
  dealer.add(one.taker);
  await eventually(() => one.handed.length === 1);
  expect(isClosed).toBe(false);
});

test('what nobody has taken ends with the service', async () => {
  const client = await aClient();
  const closed = once(client, 'close');
  await eventually(async () => (await connectionsOf(port)) === 1);
  dealer.close();
  await closed;
});

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
