import type { Page } from 'playwright-core';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';
import type { TestService } from './service.ts';

/** The cards of what waits to be taken, and of what was taken just now. */
export const cardsOf = (page: Page, strip = 'Alarms') =>
  page.getByRole('region', { name: strip, exact: true }).getByRole('listitem');

/** Leaves the next test a quiet room. */
export const takeAll = ({ db }: Pick<TestService, 'db'>) =>
  asTableOwner(db, sql`UPDATE base.alert SET acknowledged_at = now() WHERE acknowledged_at IS NULL`);
