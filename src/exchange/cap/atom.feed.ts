import { writeXml, type XmlElement } from '../../http/xml.text.ts';
import { fixedDecimals } from './cap.message.ts';

interface AtomEntry {
  /** A permanent URI. */
  id: string;
  title: string;
  published: string;
  updated: string;
  author: string;
  categories: readonly string[];
  summary: string | undefined;
  lon: number;
  lat: number;
  /** Link to the CAP message. */
  href: string;
}

interface AtomFeed {
  title: string;
  self: URL;
  next: string | undefined;
  /** The entry that changed last comes first. */
  entries: readonly AtomEntry[];
}

export const ATOM = 'application/atom+xml';
export const CAP = 'application/cap+xml';
// RFC 4287 §4.1.1 requires a time, even if nothing was ever updated
const NEVER = '1970-01-01T00:00:00Z';

/** RFC 4287, with GeoRSS points. Pages are those of RFC 5005 §3; the first one has no cursor. */
export function writeAtom({ title, self, next, entries }: AtomFeed): string {
  const id = new URL(self);
  id.search = '';
  const links = [
    link('self', self.href, ATOM),
    ...(self.searchParams.has('cursor') ? [link('first', id.href, ATOM)] : []),
    ...(next ? [link('next', next, ATOM)] : []),
  ];
  const feed: XmlElement = {
    '@xmlns': 'http://www.w3.org/2005/Atom',
    '@xmlns:georss': 'http://www.georss.org/georss',
    '@xml:lang': 'en',
    id: id.href,
    title,
    updated: entries[0]?.updated ?? NEVER,
    author: { name: 'Tripoint' },
    link: links,
    entry: entries.map(entryOf),
  };
  return writeXml({ feed });
}

const entryOf = ({ id, title, published, updated, author, categories, summary, ...at }: AtomEntry) => ({
  id,
  title,
  published,
  updated,
  author: { name: author },
  link: [link('alternate', at.href, CAP)],
  category: categories.map((term) => ({ '@term': term })),
  summary,
  // GeoRSS Simple: latitude first
  'georss:point': `${fixedDecimals(at.lat, 6)} ${fixedDecimals(at.lon, 6)}`,
});

const link = (rel: string, href: string, type: string): XmlElement => ({
  '@rel': rel,
  '@type': type,
  '@href': href,
});
