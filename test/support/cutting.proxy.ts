import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** A network that cuts connections: after `bytes` of answers, as often as `times` says. */
export async function cuttingProxy(port: number) {
  const cut = { bytes: 0, times: 0 };
  const server = createServer((client) => {
    const service = connect(port, '127.0.0.1');
    let passed = 0;
    client.on('error', () => {}).on('close', () => service.destroy());
    service.on('error', () => {}).on('close', () => client.end());
    client.pipe(service);
    service.on('data', (piece: Buffer) => {
      const rest = cut.bytes - passed;
      passed += piece.length;
      if (cut.times === 0 || passed < cut.bytes) {
        if (!client.write(piece)) {
          service.pause();
          client.once('drain', () => service.resume());
        }
        return;
      }
      cut.times--;
      // what was read stays readable for the client
      client.end(piece.subarray(0, rest));
      service.resetAndDestroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    /** The next connections are cut. */
    cutAfter: (bytes: number, times = 1) => Object.assign(cut, { bytes, times }),
    stop: () => server.close(),
  };
}
