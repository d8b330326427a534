import type { Knex } from 'knex';
import type { CountryCode } from '../../core/caller.ts';
import type { WorldKind } from '../../core/world.ts';

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
  const row = {
    ...said,
    names: names && JSON.stringify(names),
    starts_at: startsAt,
    ends_at: endsAt,
    stamped_at: new Date(),
  };
  const n = await owner('base.world')
    .update({ ...row, participants: said.participants && [...said.participants] })
    .whereRaw('NOT EXISTS (SELECT FROM base.incident AS i WHERE NOT base.is_of_world(i.nature, ?))', [
      stamp.kind,
    ]);
  return n === 1;
}

export interface Stamped {
  id: string;
  kind: WorldKind;
  names: { en: string; fr: string; ar: string } | null;
  purpose: string | null;
  participants: CountryCode[] | null;
  startsAt: Date | null;
  endsAt: Date | null;
  endedAt: Date | null;
  /** Of a world that the command `world new` made: it takes no demo data. */
  madeAt: Date | null;
}

/** Throws unless this is the actual world. */
export async function refuseExercise(owner: Knex, option: string): Promise<void> {
  const { id, kind } = await stampOf(owner);
  if (kind !== 'actual')
    throw new Error(`${option} names the exercise ${id}. Name the database of the actual world.`);
}

/** The world of a database, for its owner. */
export async function stampOf(owner: Knex): Promise<Stamped> {
  const { rows } = await owner.raw(`SELECT to_regclass('base.world') IS NOT NULL AS found`);
  if (!rows[0].found)
    throw new Error('The database is no world yet. Run migrate, or make one: tripoint world new');
  return owner('base.world').first({
    id: 'id',
    kind: 'kind',
    names: 'names',
    purpose: 'purpose',
    participants: 'participants',
    startsAt: 'starts_at',
    endsAt: 'ends_at',
    endedAt: 'ended_at',
    madeAt: 'made_at',
  });
}

/** In a transaction. false: it is no exercise, or has ended. */
export async function endWorld(trx: Knex): Promise<boolean> {
  const { rows } = await trx.raw('SELECT base.end_world() AS ended');
  return rows[0].ended;
}
