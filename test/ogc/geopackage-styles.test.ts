import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { XMLValidator } from 'fast-xml-parser';
import { INCIDENT_KINDS, SEVERITIES } from '../../src/features/incidents/incident.vocabulary.ts';
import { KIND_SIGNS } from '../../src/ogc/symbols/incident.symbol.ts';
import { SEVERITY_COLOURS } from '../../src/ogc/symbols/symbol.palette.ts';
import { anIncident } from '../support/builders.ts';
import { COLLECTIONS } from '../support/ogc.ts';
import { drawnByQgis, hasQgis } from '../support/qgis.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

if (!hasQgis)
  process.stdout.write('QGIS is not run: install python3-qgis and qgis-providers for /usr/bin/python3.\n');
const withQgis = hasQgis ? describe : describe.skip;
const LONG_MS = 300_000;

let service: TestService;
let folder: string;
const reporter = as(keyOf('TUN', 'reporter'));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'styles-'));
  service = await startService();
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

/** The path of a downloaded GeoPackage. */
async function download(path: string): Promise<string> {
  const { body } = await service.api
    .get(`/v1/collections/${path}`)
    .set(reporter)
    .redirects(1)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    })
    .expect(200);
  const file = join(folder, `${path.replace(/\W/g, '_')}.gpkg`);
  writeFileSync(file, body);
  return file;
}

function stylesIn(file: string) {
  const db = new DatabaseSync(file, { readOnly: true });
  const all = (statement: string) => db.prepare(statement).all() as Record<string, string | number | null>[];
  const isThere = all(`SELECT 1 FROM sqlite_schema WHERE name = 'layer_styles'`).length > 0;
  const styles = isThere ? all('SELECT * FROM layer_styles') : [];
  const contents = all('SELECT table_name, data_type FROM gpkg_contents').map(Object.values);
  db.close();
  return { styles, contents };
}

test.each(COLLECTIONS.map((collection) => [collection.id, collection] as const))(
  'a GeoPackage of %s has a default style for QGIS if the layer has places',
  async (id, { geometry }) => {
    const { styles, contents } = stylesIn(await download(`${id}/items?f=gpkg`));
    if (!geometry) return expect(styles).toEqual([]);
    expect(contents).toEqual([
      [id, 'features'],
      ['layer_styles', 'attributes'],
    ]);
    expect(styles).toHaveLength(1);
    expect(styles[0]).toMatchObject({ f_table_name: id, f_geometry_column: 'geom', useAsDefault: 1 });
    expect(XMLValidator.validate(String(styles[0]!.styleQML))).toBe(true);
  },
);

test('a GeoPackage without the properties that its style needs has no style', async () => {
  for (const query of ['properties=placeText', 'skipGeometry=true'])
    expect(stylesIn(await download(`incidents/items?f=gpkg&${query}`)).styles).toEqual([]);
});

withQgis('QGIS', () => {
  const KINDS = Object.keys(KIND_SIGNS);

  test(
    'draws incidents by kind and severity, closed ones hollow, and exercises with a hatched edge',
    async () => {
      const looks = [
        ...SEVERITIES.map((severity) => ({ kind: 'fire', severity, nature: 'actual' })),
        { kind: 'flood', severity: 'minor', nature: 'actual' },
        { kind: 'fire', severity: 'minor', nature: 'test' },
      ];
      const ids: string[] = [];
      for (const [n, look] of looks.entries()) {
        const incident = anIncident({ ...look, at: [8 + n / 10, 33], source: 'looks', tlp: 'GREEN' });
        ids.push((await service.api.post('/v1/incidents').set(reporter).send(incident).expect(201)).body.id);
      }
      const before = await drawnByQgis(await download('incidents/items?f=gpkg&source=looks'), 'incidents');
      expect(before.renderer).toBe('QgsRuleBasedRenderer');
      expect(before.legend).toEqual(expect.arrayContaining(['Severe', 'Fire', 'Mine or uxo']));
      expect(before.legend).toHaveLength(2 + SEVERITIES.length + INCIDENT_KINDS.length);
      expect(KINDS).toEqual(INCIDENT_KINDS);
      // each is drawn in the colour of its severity, and no other severity
      const fills = SEVERITIES.map((severity) => SEVERITY_COLOURS[severity].fill);
      for (const [n, id] of ids.slice(0, SEVERITIES.length).entries())
        expect(fills.filter((fill) => before.pictures[id]!.includes(fill))).toEqual([fills[n]]);
      const [fire, flood, exercise] = [ids[0]!, ids.at(-2)!, ids.at(-1)!].map((id) =>
        before.pictures[id]!.join(),
      );
      expect(new Set([fire, flood, exercise]).size).toBe(3);

      await service.api
        .post(`/v1/incidents/${ids[0]}/reports`)
        .set(reporter)
        .send({ state: 'closed' })
        .expect(201);
      const after = await drawnByQgis(await download('incidents/items?f=gpkg&source=looks'), 'incidents');
      const filled = (picture: string[]) => picture.filter((colour) => colour === fills[0]).length;
      expect(filled(after.pictures[ids[0]!]!)).toBeLessThan(filled(before.pictures[ids[0]!]!) / 2);
    },
    LONG_MS,
  );

  test(
    'draws the other layers in their own styles',
    async () => {
      for (const { id } of COLLECTIONS.filter(({ geometry, id }) => geometry && id !== 'alerts'))
        expect([id, (await drawnByQgis(await download(`${id}/items?f=gpkg&limit=2`), id)).renderer]).toEqual([
          id,
          'QgsRuleBasedRenderer',
        ]);
    },
    LONG_MS,
  );
});
