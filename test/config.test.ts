import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { loadConfig, partOf, settingNames } from '../src/config.ts';

const mentions = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text);

describe('each setting', () => {
  test.each(settingNames)('%s is described in .env.example and docs/configuration.md', (name) => {
    expect(mentions(readFileSync('.env.example', 'utf8'), name)).toBe(true);
    expect(mentions(readFileSync('docs/configuration.md', 'utf8'), name)).toBe(true);
  });
});

test('.env.example is a valid configuration', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const pairs = lines
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => line.split('=', 2) as [string, string]);
  expect(pairs.map(([name]) => name).sort()).toEqual([...settingNames].sort());
  expect(loadConfig(Object.fromEntries(pairs))).toEqual(loadConfig({}));
});

describe('a bad value stops the start with a sentence', () => {
  const cases: [setting: string, value: string][] = [
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PROCESSES', '0'],
    ['PROCESSES', 'many'],
    ['WORLDS', 'autumn'],
    ['WORLDS', 'actual=postgres://127.0.0.1/a'],
    ['WORLDS', 'Autumn=postgres://127.0.0.1/a'],
    ['WORLDS', 'autumn=http://127.0.0.1/a'],
    ['WORLDS', 'autumn=postgres://127.0.0.1/a,autumn=postgres://127.0.0.1/b'],
    ['WORLDS', 'autumn=postgres://127.0.0.1/a,spring=postgres://127.0.0.1/a'],
    ['TRIPOINT_WITNESS', '.tripoint/witness'],
    ['DATABASE_URL', 'mysql://127.0.0.1/x'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_POOL_SIZE', '0'],
    ['STATEMENT_TIMEOUT_SECONDS', '-1'],
    ['PUBLIC_URL', 'not a url'],
    ['RATE_LIMIT_PER_MINUTE', '-1'],
    ['TRUST_PROXY', 'true'],
    ['OIDC_ISSUER', 'http://login.example'],
    ['TRUST_PROXY', '10.0.0.0/8,proxy.example'],
    ['PURPOSE_NEEDED_FOR', 'incidents,camels'],
    ['WEBHOOK_ALLOW', '10.0.0.0/33'],
    ['WEBHOOK_ALLOW', 'hooks.internal,http://other.internal'],
    ['WEBHOOK_TIMEOUT_SECONDS', '0'],
  ];
  test.each(cases)('%s=%s', (setting, value) => {
    expect(() => loadConfig({ [setting]: value })).toThrow(`${setting}=${value}`);
  });
});

test('connections are those of all processes', () => {
  expect(loadConfig({ PROCESSES: '3' })).toMatchObject({ PROCESSES: 3, DATABASE_POOL_SIZE: 30 });
  expect(partOf(loadConfig({ PROCESSES: '3', DATABASE_POOL_SIZE: '20' }), 3).DATABASE_POOL_SIZE).toBe(6);
  expect(() => loadConfig({ PROCESSES: '3', DATABASE_POOL_SIZE: '2' })).toThrow('at least PROCESSES');
  expect(loadConfig({ PROCESSES: 'auto' }).PROCESSES).toBe(availableParallelism());
});

test('an issuer needs an audience', () => {
  const issuer = { OIDC_ISSUER: 'https://login.example/realms/border' };
  expect(() => loadConfig(issuer)).toThrow('OIDC_AUDIENCE=: must be set');
  expect(loadConfig({ ...issuer, OIDC_AUDIENCE: 'tripoint' })).toMatchObject(issuer);
});

test('a password in a bad value is not repeated', () => {
  const load = () => loadConfig({ DATABASE_URL: 'mysql://tripoint:very-secret@127.0.0.1/x' });
  expect(load).toThrow('DATABASE_URL=mysql://tripoint:…@127.0.0.1/x');
});

test('an empty value counts as unset', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 });
});

test('proxies are trusted by number or by address', () => {
  expect(loadConfig({ TRUST_PROXY: '2' }).TRUST_PROXY).toBe(2);
  expect(loadConfig({ TRUST_PROXY: '10.0.0.0/8, loopback,::1' }).TRUST_PROXY).toEqual([
    '10.0.0.0/8',
    'loopback',
    '::1',
  ]);
  expect(loadConfig({}).TRUST_PROXY).toBeUndefined();
});
