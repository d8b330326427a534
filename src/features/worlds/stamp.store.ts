import type { Knex } from 'knex';
import type { CountryCode } from '../../core/caller.ts';

/** What a database becomes: the actual world, or this exercise. */
export type Stamp =
  | { kind: 'actual' }
  | {
      kind: 'exercise';
      id: string;
      names: { en: string; fr: string; ar: string };
      purpose: string;
      participants: readonly CountryCode[];
      startsAt?: string | undefined;
      endsAt?: string | undefined;
    };

export const DEMO_WORLD: Stamp = {
  kind: 'exercise',
  id: 'demo',
  names: { en: 'Demo', fr: 'Démonstration', ar: 'عرض تجريبي' },
  purpose: 'Try the service with invented incidents.',
  participants: ['DZA', 'LBY', 'TUN'],
};

const ACTUAL = { id: 'actual', kind: 'actual', names: null, purpose: null, participants: null } as const;

/** false: the database holds incidents of another world, which stay in theirs. */
export async function stampWorld(owner: Knex, stamp: Stamp): Promise<boolean> {
  const {
    startsAt = null,
    endsAt = null,
    names,
    ...said
  } = stamp.kind === 'actual' ? { ...ACTUAL, startsAt: null, endsAt: null } : stamp;
  const row = { ...said, names: names && JSON.stringify(names), starts_at: startsAt, ends_at: endsAt };
  const n = await owner('base.world')
    .update({ ...row, participants: said.participants && [...said.participants] })
    .whereRaw('NOT EXISTS (SELECT FROM base.incident AS i WHERE NOT base.is_of_world(i.nature, ?))', [
      stamp.kind,
    ]);
  return n === 1;
}

export async function worldIdOf(owner: Knex): Promise<string> {
  const { id } = await owner('base.world').first('id');
  return id;
}
