import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Suite } from './suites.ts';
import { run } from './tools.ts';

type Library = { folder: string } | { reason: string };

const CACHE = 'node_modules/.cache/conformance';
const LARGEST_OUTPUT = 32 * 1024 * 1024;
// Maven's messages about artifacts, their poms and its own plugins
const NOT_FETCHED = /could not (be )?(find|found|transfer|resolve)|cannot access|no plugin found/i;

/** The folder with the jars of a suite, downloaded once, or Maven's reason for the failure. */
export async function fetchLibrary(suite: Suite): Promise<Library> {
  const home = resolve(CACHE, `${suite.artifact}-${suite.version}`);
  const folder = resolve(home, 'lib');
  if (existsSync(folder)) return { folder };

  const partial = resolve(home, 'lib.partial');
  await rm(partial, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(resolve(home, 'pom.xml'), pomOf(suite));
  const reason = await copyJars(home, partial);
  if (reason) return { reason };
  await rename(partial, folder);
  return { folder };
}

async function copyJars(home: string, into: string): Promise<string | undefined> {
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${into}`, '-DincludeScope=runtime'];
  try {
    await run('mvn', ['-B', '-q', ...goal], { cwd: home, maxBuffer: LARGEST_OUTPUT });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    // from the project down to the artifact
    const line = `${stdout}\n${stderr}`.split('\n').findLast((text) => NOT_FETCHED.test(text));
    if (!line) throw error;
    return line.replace(/^\[ERROR\]|-> \[Help 1\]$/g, '').trim();
  }
}

const pomOf = ({ artifact, version }: Suite): string => `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>tripoint</groupId>
  <artifactId>conformance</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.opengis.cite</groupId>
      <artifactId>${artifact}</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
