import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { applyReference } from '../../src/commands/reference.command.ts';
import { aCorrection, aSide } from '../support/corrections.ts';
import { listening } from '../support/served.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let server: Server;
let folder: string;
beforeAll(async () => {
  service = await startService();
  server = await listening(service);
  folder = await mkdtemp(join(tmpdir(), 'tripoint-'));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
  await service.stop();
});

/** What the command says about a file. */
async function apply(content: object, options: object = {}): Promise<string> {
  const file = join(folder, 'file.geojson');
  await writeFile(file, JSON.stringify(content));
  const said: string[] = [];
  const output = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => said.push(String(text)) > 0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await applyReference(file, { key: keyOf('TUN', 'admin'), url, ...options }).finally(() =>
    output.mockRestore(),
  );
  return said.join('');
}

test('a preview shows what changes and sends nothing', async () => {
  const said = await apply(aCorrection([aSide('Shown post')]), { preview: true });
  expect(said).toMatch(/^change sides\/ras-ajdir\/TUN\n {2}names: .*"Ras Ajdir".* → .*"Shown post"/);
  expect(said).toMatch(/0 incidents placed again/);
  const { body } = await service.api.get('/v1/corrections').expect(200);
  expect(body.corrections).toEqual([]);
});

test('the own side is applied, and a shared line names who must agree', async () => {
  expect(await apply(aCorrection([aSide('Applied post')]))).toMatch(/Applied as correction [0-9a-f-]{36}\./);
  const split = aCorrection([
    { collection: 'segments', id: 'LBY-TUN-01', properties: { toKm: 25 } },
    {
      collection: 'segments',
      id: 'LBY-TUN-10',
      properties: { fromKm: 25, toKm: 53.401, names: { en: 'South of Ras Ajdir' } },
    },
  ]);
  expect(await apply(split)).toMatch(/when coordinators of LBY and TUN approve the proposal [0-9a-f-]{36}\./);
});

test('a layer that a GIS has saved is taken as it is', async () => {
  const { body } = await service.api.get('/v1/collections/segments/items?border=LBY-TUN').expect(200);
  const [first] = body.features;
  first.properties.nameEn = 'A better name';
  const layer = { type: 'FeatureCollection', features: [first] };
  const said = await apply(layer, { preview: true, collection: 'segments', source: 'Survey of 2026' });
  expect(said).toMatch(/change segments\/LBY-TUN-01\n {2}names: .*"A better name"/);
});

test('a file that is refused says why', async () => {
  await expect(apply(aCorrection([aSide('x', 'nowhere/TUN')]))).rejects.toThrow(
    'There is no crossing with the side nowhere/TUN.',
  );
  await expect(apply({ ...aCorrection([aSide('x')]), source: undefined })).rejects.toThrow('Add --source');
});
