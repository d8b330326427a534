import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { type ByteList, byteList } from './byte.list.ts';
import { type EncodedLayer, type Encoder, PLACE } from './encoder.ts';
import { flatGeobufEncoder } from './flatgeobuf.feature.ts';
import { type FlatGeobufLayer, flatGeobufHeader } from './flatgeobuf.header.ts';
import { featureList, hilbertOrder, packedTree } from './flatgeobuf.index.ts';
import { readPlace } from './place.text.ts';

const BYTES_AT_ONCE = 1 << 20;

/** Without index, in the order of the layer. */
export function flatGeobufStream(encoded: EncodedLayer): Encoder {
  const layer = layerOf(encoded);
  const out = byteList();
  const add = encoderOf(layer, out);
  out.append(flatGeobufHeader(layer));
  return {
    add: (cells) => add(cells, placeOf(layer, cells[PLACE]!)),
    flush: out.take,
    // biome-ignore lint/correctness/useYield: nothing is left to do
    *finish() {
      return undefined;
    },
    close: () => {},
  };
}

/** With the index, which precedes and orders the features: a temporary file holds them until all are known. */
export function flatGeobufFile(encoded: EncodedLayer, path: string): Encoder {
  const layer = layerOf(encoded);
  const [file, unordered] = [openSync(path, 'wx'), openSync(`${path}.unordered`, 'wx+')];
  const open = [file, unordered];
  const features = featureList(layer.geometryType === 'Point');
  const out = byteList();
  const add = encoderOf(layer, out);

  function* writeInOrder(order: Float64Array): Generator<void> {
    const bytes = Buffer.allocUnsafe(BYTES_AT_ONCE);
    let used = 0;
    for (const feature of order) {
      const [start, length] = [features.startOf(feature), features.lengthOf(feature)];
      if (used + length > bytes.length) {
        writeFileSync(file, bytes.subarray(0, used));
        used = 0;
        yield;
      }
      if (length > bytes.length) writeFileSync(file, readPart(unordered, start, length));
      // the file is in the page cache
      else used += readSync(unordered, bytes, used, length, start);
    }
    writeFileSync(file, bytes.subarray(0, used));
  }

  return {
    add(cells) {
      const place = placeOf(layer, cells[PLACE]!);
      const start = out.end();
      add(cells, place);
      features.add(place?.box, out.end() - start);
    },
    flush() {
      writeFileSync(unordered, out.all());
      out.clear();
      return undefined;
    },
    *finish() {
      const [count, box] = [features.count(), features.extent()];
      const hasIndex = box !== undefined;
      writeFileSync(file, flatGeobufHeader(layer, { count, box, hasIndex }));
      const order = hasIndex ? hilbertOrder(features) : Float64Array.from({ length: count }, (_, i) => i);
      yield;
      if (hasIndex)
        for (const nodes of packedTree(features, order)) {
          writeFileSync(file, nodes);
          yield;
        }
      yield* writeInOrder(order);
      return undefined;
    },
    close() {
      for (const descriptor of open.splice(0)) closeSync(descriptor);
    },
  };
}

function layerOf({ fields, ...layer }: EncodedLayer): FlatGeobufLayer {
  const columns = fields.map(({ name, title, type }) => ({
    name,
    title,
    type: type === 'list' ? ('text' as const) : type,
  }));
  return { ...layer, columns: [{ name: 'id', title: 'Identifier', type: 'text' }, ...columns] };
}

const encoderOf = ({ geometryType, columns }: FlatGeobufLayer, out: ByteList) =>
  flatGeobufEncoder(
    geometryType,
    columns.map(({ type }) => type),
    out,
  );

const placeOf = ({ geometryType }: FlatGeobufLayer, text: string | null) =>
  geometryType && text !== null ? readPlace(text) : undefined;

function readPart(file: number, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  readSync(file, bytes, 0, length, start);
  return bytes;
}
