import type { Shown } from '../message.ts';
import { access } from './access.ts';
import { agencies } from './agencies.ts';
import { consents } from './consents.ts';
import { cql2 } from './cql2.ts';
import { db } from './db.ts';
import { exchange } from './exchange.ts';
import { geometry } from './geometry.ts';
import { http } from './http.ts';
import { impact } from './impact.ts';
import { importing } from './import.ts';
import { incidents } from './incidents.ts';
import { input } from './input.ts';
import { ogc } from './ogc.ts';
import { pages } from './pages.ts';
import { problemTypes } from './problem.types.ts';
import { procedures } from './procedures.ts';
import { reference } from './reference.ts';
import { shifts } from './shifts.ts';
import { show } from './words.ts';
import { zones } from './zones.ts';

export const french = {
  texts: {
    ...access,
    ...agencies,
    ...consents,
    ...cql2,
    ...db,
    ...exchange,
    ...geometry,
    ...http,
    ...impact,
    ...importing,
    ...incidents,
    ...input,
    ...ogc,
    ...procedures,
    ...reference,
    ...shifts,
    ...zones,
  },
  problemTypes,
  pages,
  got: (value: Shown) => ` (reçu : ${show(value)})`,
  finish: (text: string) => text,
};
