import { z } from 'zod';
import { CountryCode, Names, UtcTime } from '../vocabulary.schema.ts';

export const World = z
  .strictObject({
    id: z.string().meta({ description: '`actual`, or the name of the exercise in addresses and files.' }),
    kind: z.enum(['actual', 'exercise']).meta({ description: 'Real events, or an exercise.' }),
    names: Names.nullable().meta({ description: 'Names of the exercise.' }),
    purpose: z.string().nullable().meta({ description: 'What the exercise is for.' }),
    participants: z.array(CountryCode).nullable().meta({ description: 'Countries that take part in it.' }),
    startsAt: UtcTime.nullable().meta({ description: 'Planned beginning.' }),
    endsAt: UtcTime.nullable().meta({ description: 'Planned end.' }),
    endedAt: UtcTime.nullable().meta({ description: 'When the exercise ended; since then it is read-only.' }),
  })
  .meta({ id: 'World', description: 'The world that answers: the actual one, or an exercise.' });
