import type { Request } from 'express';
import type { Link } from '../geometry/feature.schema.ts';
import { chooseFormat, type Format, HTML } from '../http/negotiation.ts';
import { STARTS, selfUrl } from '../http/paging.ts';
import type { Collection } from './collection/collection.sql.ts';
import { MEDIA, urlOf } from './collection/links.ts';
import { csv } from './download/csv.sql.ts';
import type { DownloadFormat, StreamFormat } from './download/download.format.sql.ts';
import {
  flatGeobuf,
  flatGeobufStream,
  geoPackage,
  geoParquet,
  geoParquetStream,
} from './download/encoded.formats.sql.ts';
import { geojsonSeq } from './download/geojsonseq.sql.ts';

const GEOJSON: Format = { name: 'geojson', mediaType: MEDIA.geojson, aliases: [MEDIA.json] };
const JSON_ALIAS: Format = { name: 'json', mediaType: MEDIA.geojson };

/** Formats of whole selections. */
export const DOWNLOADS: readonly DownloadFormat[] = [geojsonSeq, csv, flatGeobuf, geoPackage, geoParquet];
/** Only by name: the media type in Accept selects the file. */
const STREAMS: readonly StreamFormat[] = [flatGeobufStream, geoParquetStream];
/** What answers a question in a body: a file would need an address. */
const STREAMED: readonly StreamFormat[] = [geojsonSeq, csv, ...STREAMS];
const FORMATS: readonly (Format | DownloadFormat)[] = [GEOJSON, JSON_ALIAS, HTML, ...DOWNLOADS, ...STREAMS];

type Names = [string, ...string[]];
const namesOf = (formats: readonly Format[]) => formats.map(({ name }) => name) as Names;

export const ITEM_FORMATS = namesOf([GEOJSON, JSON_ALIAS, HTML]);
export const ITEMS_FORMATS = namesOf(FORMATS);
export const SEARCH_FORMATS = namesOf([GEOJSON, JSON_ALIAS, ...STREAMED]);
export const SEARCH_TYPES: readonly string[] = STREAMED.map(({ mediaType }) => mediaType);
/** Formats for programs. */
export const PART_FORMATS = namesOf(FORMATS.filter((format) => format !== HTML));

export const mediaTypeOf = (f: string | undefined): string =>
  (FORMATS.find(({ name }) => name === f) ?? GEOJSON).mediaType;

/** The requested download format; undefined for a page of GeoJSON. */
export function chooseDownload(f: string | undefined, request: Request): DownloadFormat | undefined {
  const format = chooseFormat(FORMATS, f, request);
  return [...DOWNLOADS, ...STREAMS].find((download) => download === format);
}

/** The same for a question in a body. */
export function chooseStream(f: string | undefined, request: Request): StreamFormat | undefined {
  const format = chooseFormat<Format>([GEOJSON, JSON_ALIAS, ...STREAMED], f, request);
  return STREAMED.find((stream) => stream === format);
}

/** Links to the selection in the other formats. */
export function alternatesOf(request: Request): Link[] {
  const self = selfUrl(request);
  const { searchParams } = self;
  // the whole address is written again for each parameter that goes
  for (const name of [...STARTS, 'limit', 'f']) if (searchParams.has(name)) searchParams.delete(name);
  const selection = `${self.href}${self.search ? '&' : '?'}`;
  return DOWNLOADS.map(({ name, title, mediaType }) => ({
    href: `${selection}f=${name}`,
    rel: 'alternate',
    type: mediaType,
    title: `All as ${title}`,
  }));
}

/** Links of a layer to all its features as a file: clients look for files (`enclosure`) or for formats (`items`). */
export const downloadLinks = (request: Request, { id, title }: Collection): Link[] =>
  DOWNLOADS.flatMap(({ name, title: format, mediaType }) => {
    const href = urlOf(request, `/collections/${id}/items?f=${name}`);
    const link = { href, type: mediaType, title: `${title}: all as ${format}` };
    return [
      { ...link, rel: 'items' },
      { ...link, rel: 'enclosure' },
    ];
  });
