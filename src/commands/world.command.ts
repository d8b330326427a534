import type { Knex } from 'knex';
import { z } from 'zod';
import { writtenIssues } from '../core/catalogue.ts';
import { asOwner, migrate } from '../db/migrations.ts';
import { closeToOthers } from '../db/roles.store.ts';
import type { Source } from '../db/start.ts';
import { seedReferenceInto } from '../demo.ts';
import { CountryCode, Slug } from '../features/vocabulary.schema.ts';
import { refuseExercise, type Stamp, type Stamped, stampOf } from '../features/worlds/stamp.store.ts';
import { type Choices, type CopiedRows, copyWorld } from '../features/worlds/world.copy.store.ts';
import { recordMaking, refuseOpen, refuseUsed } from '../features/worlds/world.making.store.ts';
import { DateOrInstant } from '../geometry/instant.schema.ts';
import { freeText } from '../screening/personal-data.ts';
import { withSource } from './command.source.ts';

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

const Choice = z.boolean().default(false);
const Address = z.url({ protocol: /^postgres(ql)?$/ });

const Exercise = z.object({
  exercise: Slug.max(40).refine((id) => id !== 'actual', 'actual is the world of real events'),
  participants: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(CountryCode).min(1)),
  nameEn: freeText(200).min(1),
  nameFr: freeText(200).min(1),
  nameAr: freeText(200).min(1),
  purpose: freeText(500).min(1).optional(),
  starts: DateOrInstant.optional(),
  ends: DateOrInstant.optional(),
});

const NewOptions = z.object({
  actual: z.literal(true).optional(),
  from: Address.optional(),
  mandates: Choice,
  zones: Choice,
  statuses: Choice,
});

export const worldCommands = {
  new: (options: Record<string, unknown>) => {
    const { actual, from, ...choices } = read(NewOptions, options);
    const stamp = actual ? actualOf(options, from) : exerciseOf(options);
    if (!from && (choices.mandates || choices.zones || choices.statuses))
      throw new Error('--mandates, --zones and --statuses copy from the actual world. Name it with --from.');
    return withSource(async (source) => {
      const copied = await makeWorld(source, stamp, { from, choices });
      for (const sentence of madeSentences(stamp, copied)) say(sentence);
    });
  },

  show: ({ json = false }: { json?: boolean }): Promise<void> =>
    withSource(async ({ ownerConnection, description }) => {
      const world = await asOwner(ownerConnection, stampOf);
      const sentences = json ? [JSON.stringify(world)] : shownSentences(world, description);
      for (const sentence of sentences) say(sentence);
    }),
};

function actualOf(options: Record<string, unknown>, from: string | undefined): Stamp {
  if (options.exercise !== undefined || from !== undefined)
    throw new Error('--actual stands alone: the actual world is no exercise, and copies no other world.');
  return { kind: 'actual' };
}

function exerciseOf(options: Record<string, unknown>): Stamp {
  if (options.exercise === undefined)
    throw new Error('Say which world: --exercise <id> for an exercise, --actual for real events.');
  const { exercise: id, nameEn: en, nameFr: fr, nameAr: ar, ...said } = read(Exercise, options);
  const { purpose = `Exercise ${en}`, starts: startsAt, ends: endsAt, participants } = said;
  return { kind: 'exercise', id, names: { en, fr, ar }, purpose, participants, startsAt, endsAt };
}

async function makeWorld(
  source: Source,
  stamp: Stamp,
  { from, choices }: { from: string | undefined; choices: Choices },
): Promise<CopiedRows> {
  return asOwner(source.ownerConnection, async (owner) => {
    await refuseUsed(owner);
    if (!source.isEmbedded) await closeToOthers(owner).then(() => refuseOpen(owner));
    await migrate(owner, { log: say });
    return owner.transaction(async (into) => {
      const copied = from === undefined ? {} : await copyFrom(from, into, choices);
      if (from === undefined) await seedReferenceInto(into);
      await recordMaking(into, stamp, copied);
      return copied;
    });
  });
}

const copyFrom = (url: string, into: Knex, choices: Choices): Promise<CopiedRows> =>
  asOwner(url, async (actual) => {
    await refuseExercise(actual, '--from');
    return actual.transaction((from) => copyWorld(from, into, choices));
  });

function* madeSentences(stamp: Stamp, copied: CopiedRows): Generator<string> {
  yield stamp.kind === 'actual'
    ? 'This database is the actual world now.'
    : `The exercise ${stamp.id} is made.`;
  for (const [table, count] of Object.entries(copied)) yield `  ${table}: ${count}`;
  yield 'It has no key yet: tripoint keys create';
}

function* shownSentences(world: Stamped, description: string): Generator<string> {
  const { id, kind, names, purpose, participants, startsAt, endsAt, endedAt } = world;
  yield `${kind === 'actual' ? 'the actual world' : `exercise ${id}`}: ${description}`;
  if (kind === 'actual') return;
  yield `  names: ${[names?.en, names?.fr, names?.ar].join(' · ')}`;
  yield `  purpose: ${purpose}`;
  yield `  participants: ${participants?.join(', ')}`;
  if (startsAt ?? endsAt)
    yield `  planned: ${startsAt?.toISOString() ?? '…'} to ${endsAt?.toISOString() ?? '…'}`;
  yield endedAt ? `  ended: ${endedAt.toISOString()}; read-only since then` : '  state: open';
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(z.prettifyError({ issues: writtenIssues(parsed.error.issues) }));
  return parsed.data;
}
