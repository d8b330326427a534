import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { Sql, type SqlValue } from '../../src/db/sql.ts';
import { agreeZone, decide, proposeZone } from '../support/builders.zones.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';

// What the database refuses whatever the service sends: the rules of the service are tested elsewhere.
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** A statement as the role of the service, for a caller of a country: `?` stands for the values. */
const asService = (country: CountryCode, text: string, values: SqlValue[] = []) =>
  service.db.query({ country, agency: agency(country), roles: [] }, new Sql(text.split('?'), values));

const setAgreed = (country: CountryCode, id: string, revision = 1) =>
  asService(
    country,
    'UPDATE zone_revision SET agreed_at = clock_timestamp() WHERE id = ? AND revision = ?::int RETURNING id',
    [id, revision],
  );
const insertConsent = (as: CountryCode, id: string, country: CountryCode, by: string, revision = 1) =>
  asService(
    as,
    `INSERT INTO zone_consent (id, zone, revision, country, agency, decision)
     VALUES (gen_random_uuid(), ?, ?::int, ?, ?, 'approve')`,
    [id, revision, country, by],
  );
const agency = (country: CountryCode) => agencyOf(keyOf(country, 'coordinator'));
const UNAPPROVED = /every participant has approved it/;
const PROPOSED = /what was proposed never changes/;
const yes = { decision: 'approve', revision: 1 };

describe('no revision is agreed without every approval', () => {
  test('not before the last consent, and not after a rejection or withdrawal', async () => {
    const { id } = await proposeZone(service.api, 'DZA');
    await expect(setAgreed('DZA', id)).rejects.toThrow(UNAPPROVED);
    await decide(service.api, id, 'DZA', yes).expect(201);
    await expect(setAgreed('DZA', id)).rejects.toThrow(UNAPPROVED);
    const no = { decision: 'reject', revision: 1, reason: 'Too wide.' };
    await decide(service.api, id, 'DZA', no).expect(201);
    await insertConsent('TUN', id, 'TUN', agency('TUN'));
    await expect(setAgreed('TUN', id)).rejects.toThrow(UNAPPROVED);
    await insertConsent('DZA', id, 'DZA', agency('DZA'));
    expect(await setAgreed('TUN', id)).toHaveLength(1);
  });

  test('not with the consents to another revision, nor with those from before a suspension', async () => {
    const { id } = await agreeZone(service.api, 'DZA');
    await asService(
      'DZA',
      `INSERT INTO zone_revision (id, revision, kind, names, participants, area, valid_from, proposed_at)
       SELECT id, 2, kind, names, participants, area, valid_from, now() FROM zone WHERE id = ?`,
      [id],
    );
    await expect(setAgreed('DZA', id, 2)).rejects.toThrow(UNAPPROVED);
    await insertConsent('DZA', id, 'DZA', agency('DZA'), 2);
    await insertConsent('TUN', id, 'TUN', agency('TUN'), 2);
    await asService('TUN', 'UPDATE zone_revision SET suspended_at = now() WHERE id = ? AND revision = 1', [
      id,
    ]);
    await expect(setAgreed('DZA', id, 2)).rejects.toThrow(UNAPPROVED);
  });

  test('not by writing it as agreed', async () => {
    const insert = asService(
      'DZA',
      `INSERT INTO zone_revision (id, country, agency, kind, names, participants, area, valid_from, tlp,
         proposed_at, agreed_at)
       VALUES ('forged', 'DZA', ?, 'exercise', '{"en": "Forged"}', '{DZA,TUN}',
         ST_Multi(ST_MakeEnvelope(8, 35, 9, 36, 4326)), now(), 'CLEAR', now(), now())`,
      [agency('DZA')],
    );
    await expect(insert).rejects.toThrow(UNAPPROVED);
  });
});

describe('a consent', () => {
  test('is for the own country only, by its agency, and only by participants', async () => {
    const { id } = await proposeZone(service.api, 'DZA', { tlp: 'GREEN' });
    const foreign = { slug: 'label-out-of-reach' };
    await expect(insertConsent('DZA', id, 'TUN', agency('TUN'))).rejects.toMatchObject(foreign);
    await expect(insertConsent('DZA', id, 'TUN', agency('DZA'))).rejects.toMatchObject(foreign);
    await expect(insertConsent('DZA', id, 'DZA', agency('TUN'))).rejects.toMatchObject(foreign);
    await expect(insertConsent('LBY', id, 'LBY', agency('LBY'))).rejects.toMatchObject(foreign);
  });

  test('is never changed or deleted', async () => {
    const { id } = await agreeZone(service.api, 'DZA');
    for (const text of [
      `UPDATE zone_consent SET decision = 'reject', reason = 'x' WHERE zone = ?`,
      'DELETE FROM zone_consent WHERE zone = ?',
    ])
      await expect(asService('DZA', text, [id])).rejects.toThrow(/permission denied/);
  });
});

describe('a proposed revision', () => {
  const changes = [
    `participants = '{DZA}'`,
    `area = ST_Multi(ST_MakeEnvelope(1, 1, 2, 2, 4326))`,
    `valid_from = '2020-01-01'`,
    `valid_to = '2100-01-01'`,
    `purpose = 'Other'`,
    `proposed_at = NULL`,
  ];
  test.each(changes)('never changes: %s', async (change) => {
    const { id } = await proposeZone(service.api, 'DZA');
    await expect(asService('DZA', `UPDATE zone_revision SET ${change} WHERE id = ?`, [id])).rejects.toThrow(
      PROPOSED,
    );
  });

  test('is never deleted, and its zone and owner never change', async () => {
    const { id } = await proposeZone(service.api, 'DZA');
    const remove = asService('DZA', 'DELETE FROM zone_revision WHERE id = ?', [id]);
    await expect(remove).rejects.toThrow(PROPOSED);
    for (const change of [`tlp = 'CLEAR'`, `country = 'TUN'`, `agency = NULL`, 'revision = 7'])
      await expect(asService('DZA', `UPDATE zone_revision SET ${change} WHERE id = ?`, [id])).rejects.toThrow(
        /permission denied/,
      );
    for (const change of [`purpose = 'Other'`, `country = 'TUN'`])
      await expect(asService('DZA', `UPDATE zone SET ${change} WHERE id = ?`, [id])).rejects.toThrow(
        /permission denied/,
      );
  });

  test('cannot be seen, written or decided by a non-participant', async () => {
    const { id } = await proposeZone(service.api, 'DZA', { tlp: 'CLEAR' });
    for (const text of [
      'SELECT id FROM zone_revision WHERE id = ?',
      'SELECT id FROM zone WHERE id = ?',
      `UPDATE zone_revision SET withdrawn_at = now() WHERE id = ? RETURNING id`,
    ])
      expect(await asService('LBY', text, [id])).toEqual([]);
  });
});
