import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { EncodingSpec, JobAnswer, JobRequest, NewJob } from './encoder.threads.ts';
import type { EncodedLayer, Encoder } from './encoder.ts';
import { flatGeobufFile, flatGeobufStream } from './flatgeobuf.encoders.ts';
import { geoPackageFile } from './geopackage.encoder.ts';
import { geoParquetFile, geoParquetStream } from './geoparquet.encoder.ts';
import { type RowCells, recordReader } from './record.text.ts';
import { atWork, pauseIfAsked, type ThreadState } from './thread.pause.ts';

const STREAMS = { fgb: flatGeobufStream, parquet: geoParquetStream };
const FILES = { fgb: flatGeobufFile, parquet: geoParquetFile, gpkg: geoPackageFile };
const BYTES_AT_ONCE = 1 << 20;
const STEP_MS = 20;

const state: ThreadState = workerData;

parentPort!.on('message', (message: NewJob | 'end') => {
  if (message === 'end') parentPort!.close();
  else serve(message.spec, message.port);
});

/** One download. What fails is told, and ends no other. */
function serve(spec: EncodingSpec, port: MessagePort): void {
  let job: ReturnType<typeof jobOf> | undefined;
  const answerTo = (request: JobRequest): JobAnswer => {
    job ??= jobOf(spec);
    return request.kind === 'add' ? job.add(request.texts) : job.finish();
  };
  port.on('message', (request: JobRequest) => {
    if (request.kind === 'close') {
      atWork(state, () => job?.close());
      port.postMessage({});
      return;
    }
    try {
      const answer = atWork(state, () => answerTo(request));
      port.postMessage(answer, answer.bytes ? [answer.bytes.buffer as ArrayBuffer] : []);
    } catch (error) {
      port.postMessage({ failure: error } satisfies JobAnswer);
    }
  });
  port.once('close', () => atWork(state, () => job?.close()));
}

function jobOf({ layer, format, path }: EncodingSpec) {
  const encoder = path === undefined ? streamOf(format, layer) : FILES[format](layer, path);
  const read = recordReader(layer.fields.length + 2);
  const add = (cells: RowCells) => encoder.add(cells);
  let rest: Generator<void, Partial<JobAnswer>> | undefined;

  function* end(): Generator<void, Partial<JobAnswer>> {
    const bytes = yield* encoder.finish();
    encoder.close();
    return path === undefined ? { bytes } : { version: yield* hashOf(path) };
  }
  return {
    add(texts: readonly string[]): JobAnswer {
      let features = 0;
      for (const text of texts) {
        features += read(text, add);
        pauseIfAsked(state);
      }
      return { features, bytes: encoder.flush() };
    },
    finish(): JobAnswer {
      rest ??= end();
      return goOn(rest);
    },
    close: () => encoder.close(),
  };
}

function streamOf(format: EncodingSpec['format'], layer: EncodedLayer): Encoder {
  if (format === 'gpkg') throw new Error('A GeoPackage cannot be streamed.');
  return STREAMS[format](layer);
}

/** Works for a moment, so that others get their turn. */
function goOn(work: Generator<void, Partial<JobAnswer>>): JobAnswer {
  for (const start = performance.now(); performance.now() - start < STEP_MS; ) {
    const { done, value } = work.next();
    pauseIfAsked(state);
    if (done) return { ...value, isDone: true };
  }
  return {};
}

/** The hash is the version of the file. */
function* hashOf(path: string): Generator<void, string> {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(BYTES_AT_ONCE);
    for (;;) {
      const read = readSync(file, bytes, 0, bytes.length, null);
      if (read === 0) return hash.digest('base64url');
      hash.update(bytes.subarray(0, read));
      yield;
    }
  } finally {
    closeSync(file);
  }
}
