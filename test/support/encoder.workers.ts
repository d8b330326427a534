import { encoderWorkers } from '../../src/ogc/download/encoding/encoder.threads.ts';

/** Ends all threads that encode downloads by an error that nothing catches. */
export const crashEncoders = () =>
  Promise.all(
    encoderWorkers().map(async (worker) => {
      const exit = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('nonsense');
      await exit;
    }),
  );
