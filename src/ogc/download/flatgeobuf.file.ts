import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { unprocessable } from '../../core/problem.ts';
import type { Edges } from '../../geometry/bbox.parse.ts';
import type { FileWriter } from './download.format.sql.ts';
import { type FlatGeobufLayer, flatGeobufHeader } from './flatgeobuf.header.ts';
import { featureList, hilbertOrder, MOST_INDEXED, packedTree } from './flatgeobuf.index.ts';
import { readRows, type TextRow } from './row.sql.ts';

const BYTES_AT_ONCE = 1 << 20;

/** With the index, which precedes and orders the features: a temporary file holds them until all are known. */
export async function indexedFile(
  path: string,
  layer: FlatGeobufLayer,
  encode: (row: TextRow) => Buffer,
): Promise<FileWriter> {
  const [file, unordered] = [await open(path, 'wx'), await open(`${path}.unordered`, 'wx+')];
  const features = featureList();

  async function writeInOrder(order: Float64Array, mayGoOn: () => Promise<void>): Promise<void> {
    const bytes = Buffer.allocUnsafe(BYTES_AT_ONCE);
    let used = 0;
    const flush = async () => {
      await file.writeFile(bytes.subarray(0, used));
      used = 0;
      await mayGoOn();
    };
    for (const feature of order) {
      const [start, length] = [features.startOf(feature), features.lengthOf(feature)];
      if (used + length > bytes.length) await flush();
      if (length > bytes.length) await file.writeFile(await part(start, length));
      // synchronous reads are faster than the thread pool: the file is in the page cache
      else used += readSync(unordered.fd, bytes, used, length, start);
    }
    await flush();
  }

  async function part(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    await unordered.read(bytes, 0, length, start);
    return bytes;
  }

  return {
    async add(texts) {
      const rows = readRows(texts);
      const encoded = rows.map(encode);
      rows.forEach(([, coordinates], i) => {
        features.add(coordinates ? boxOf(coordinates) : undefined, encoded[i]!.length);
      });
      if (features.count() > MOST_INDEXED) throw tooMany();
      await unordered.writeFile(Buffer.concat(encoded));
      return rows.length;
    },
    async finish(mayGoOn) {
      const [count, box] = [features.count(), features.extent()];
      const hasIndex = box !== undefined;
      await file.writeFile(flatGeobufHeader(layer, { count, box, hasIndex }));
      const order = hasIndex ? hilbertOrder(features) : Float64Array.from({ length: count }, (_, i) => i);
      if (hasIndex) for (const nodes of packedTree(features, order)) await file.writeFile(nodes);
      await writeInOrder(order, mayGoOn);
    },
    async close() {
      await Promise.all([file.close(), unordered.close()]);
    },
  };
}

/** Bounding box of all positions, at any depth. */
function boxOf(coordinates: readonly unknown[]): Edges {
  if (typeof coordinates[0] === 'number') {
    const [x, y] = coordinates as number[];
    return [x!, y!, x!, y!];
  }
  const boxes = (coordinates as unknown[][]).map(boxOf);
  const edge = (i: 0 | 1 | 2 | 3, pick: (a: number, b: number) => number) =>
    boxes.reduce((found, box) => pick(found, box[i]), boxes[0]![i]);
  return [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
}

const tooMany = () => unprocessable('too-many-for-index', 'too-many-for-index', { most: MOST_INDEXED });
