import { effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { Responsible } from '../../src/features/agencies/responsible.schema.ts';
import type {
  DistressNotice,
  DistressNoticeCollection,
} from '../../src/features/distress/distress.schema.ts';
import type { Location } from '../../src/features/locate/locate.schema.ts';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { together } from '../api/together.ts';
import { refusalText } from '../app/write.ts';

export type Notice = z.output<typeof DistressNotice>;
export type Located = z.output<typeof Location>;
type Mandate = z.output<typeof Responsible>;

/** Where a notice is, and who rescues there, on both sides of the border. */
export interface NoticePlace {
  located: Located;
  rescuers: Mandate[];
}

/** Notices without assistance, earliest deadline first. */
export const notices = signal<Notice[]>([]);
export const noticeFailure = signal('');
const places = signal<ReadonlyMap<string, NoticePlace>>(new Map());

const MOST = 50;
// a test is no call for help
const NATURES = 'actual,exercise';
const FOLLOWED = ['incidents', 'alerts', 'assistance'];

/** Where a notice is, once it is known. */
export const placeOf = (notice: Notice): NoticePlace | undefined => places.value.get(placeKey(notice));
const placeKey = ({ geometry }: Notice): string => String(geometry.coordinates);

let reading: AbortController | undefined;

export async function refreshNotices(): Promise<void> {
  reading?.abort();
  if (!me.peek()) {
    notices.value = [];
    return;
  }
  reading = new AbortController();
  const { signal: aborted } = reading;
  try {
    const query = { nature: NATURES, limit: MOST };
    const { features } = await read<z.output<typeof DistressNoticeCollection>>(
      '/distress/open',
      query,
      aborted,
    );
    notices.value = features;
    noticeFailure.value = '';
    void locateAll(features);
  } catch (error) {
    if (!aborted.aborted) noticeFailure.value = refusalText(error);
  }
}

/** Asks once for each place. */
async function locateAll(features: readonly Notice[]): Promise<void> {
  const known = places.peek();
  const found = await Promise.all(
    features.map(async (notice): Promise<[string, NoticePlace] | undefined> => {
      const key = placeKey(notice);
      const place = known.get(key) ?? (await locate(notice).catch(() => undefined));
      return place && [key, place];
    }),
  );
  places.value = new Map(found.filter((one) => one !== undefined));
}

async function locate({ geometry, properties }: Notice): Promise<NoticePlace> {
  const [lon, lat] = geometry.coordinates as [number, number];
  const accuracyMetres = properties.horizontalAccuracyMetres;
  const located = await read<Located>('/locate', { lon, lat, accuracyMetres });
  const query = { segment: located.nearestBorder.segment, function: 'search_rescue' };
  const { responsible } = await read<{ responsible: Mandate[] }>('/agencies/responsible', query);
  return { located, rescuers: responsible.filter(({ preferred }) => preferred) };
}

const refreshSoon = together(refreshNotices);

/** Keeps the notices as the service has them. */
export function followNotices(): void {
  onReset(() => void refreshNotices());
  onChange(({ collection }) => {
    if (FOLLOWED.includes(collection)) refreshSoon();
  });
  // nothing of one officer stays for the next
  effect(() => {
    if (me.value) return;
    notices.value = [];
    places.value = new Map();
  });
}
