import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

// Node 20 does not hand tsx down to threads.
register();
const { oracleLine } = await import('./geodesy.oracle.ts');
const { lines, points } = workerData;
parentPort.postMessage(lines.map((vertices) => points.map(oracleLine(vertices).foot)));
