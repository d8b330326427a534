import pg from 'pg';
import { badRequest, conflict, forbidden, Problem, unavailable, unprocessable } from '../core/problem.ts';
import { defineProblemTypes } from '../core/problem.types.ts';

defineProblemTypes({
  'geometry-invalid': {
    title: 'Geometry invalid',
    meaning: 'The area crosses itself or touches itself where it must not.',
  },
  'outcome-missing': {
    title: 'Outcome missing',
    meaning: 'An incident of distress is closed when somebody has said what became of the people.',
  },
  'label-out-of-reach': {
    title: 'Label out of reach',
    meaning: 'With this label the caller could not see what it wrote.',
  },
});

const DATABASE_AWAY = /^(08|57P|53)|^(ECONN|ENOENT|EPIPE|ETIMEDOUT)/;
const NOT_MIGRATED = 'The database is not migrated. Run: npm run migrate';
const HALF_THE_GLOBE = 'An edge of the area spans half the globe, which says nothing of its way. Divide it.';
const LOST_CONNECTION = /connection terminated|timeout exceeded|client has encountered|not queryable/i;

/** The single place that translates database errors to Problems. */
export function translateDatabaseError(error: unknown): never {
  if (error instanceof Problem) throw error;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === '57014')
    throw unavailable('The question took longer than the time limit. Ask for less at once.');
  if (DATABASE_AWAY.test(code) || LOST_CONNECTION.test(message)) {
    throw unavailable('The database cannot be reached at the moment. Try again shortly.', 2);
  }
  if (error instanceof pg.DatabaseError) throw ofConstraint(error);
  throw error;
}

function ofConstraint(error: pg.DatabaseError): Error {
  switch (error.code) {
    case '23505':
      return conflict('already-exists', 'Something with this id or identity exists already.');
    case '23503':
      return conflict('reference-missing', `What this refers to does not exist (${error.constraint}).`);
    case '23514':
      if (error.constraint === 'zone_area_is_valid') return invalidArea();
      return unprocessable('rule-broken', `A rule of the data is broken: ${spoken(error.constraint)}.`);
    case '44000':
      return unprocessable(
        'label-out-of-reach',
        'With this label you could not see what you wrote. Choose a wider one.',
      );
    // raised by base.guard_label, with a sentence about who may
    case 'TLP01':
      return forbidden(error.message);
    // raised by base.revise_incident, with the remedy
    case 'TPOUT':
      return conflict('outcome-missing', error.message);
    case '40001':
    case '40P01':
      return unavailable('Another change came in between. Try again.', 1);
    case '22P02':
    case '22007':
    case '22008':
    case '22021':
      return badRequest('A value cannot be read. Check numbers, times and cursors.');
    case '22003':
    case '2201F':
      return badRequest('A number is too large, or what is computed has no result. Check numbers.');
    // tables, views or the service's role are missing
    case '42P01':
    case '42883':
    case '3F000':
    case '22023':
      return new Problem({ status: 503, slug: 'unavailable', detail: NOT_MIGRATED });
    case 'XX000':
      if (/antipodal/i.test(error.message)) return unprocessable('geometry-invalid', HALF_THE_GLOBE);
      return /topology|lwgeom|geos/i.test(error.message) ? invalidArea() : error;
    default:
      return error;
  }
}

/** Faults that only the database finds; turf's checks pass them. */
export const invalidArea = () =>
  unprocessable('geometry-invalid', 'The area is not valid: its rings cross or touch where they must not.');

const spoken = (constraint: string | undefined) => (constraint ?? 'unknown').replaceAll('_', ' ');
