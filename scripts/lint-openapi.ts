import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const DOCUMENT = 'openapi/openapi.json';
const LINTERS = [
  {
    program: import.meta.resolve('@stoplight/spectral-cli/dist/index.js'),
    options: ['--ruleset', 'openapi/spectral.yaml', '--fail-severity', 'error', '--display-only-failures'],
  },
  { program: import.meta.resolve('@redocly/cli/bin/cli.js'), options: ['--config', 'openapi/redocly.yaml'] },
];
// the check must work offline
const QUIET = { REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' };

/** Returns the output of a linter if it finds an error, because it also prints much on success. */
async function lint({ program, options }: (typeof LINTERS)[number]): Promise<string> {
  const linter = spawn(process.execPath, [fileURLToPath(program), 'lint', ...options, DOCUMENT], {
    env: { ...process.env, ...QUIET },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[status], ...printed] = await Promise.all([
    once(linter, 'exit'),
    text(linter.stdout),
    text(linter.stderr),
  ]);
  return status === 0 ? '' : printed.join('');
}

const found = (await Promise.all(LINTERS.map(lint))).join('');
if (found) {
  process.stdout.write(`${found}\nMend the operations, then run: npm run openapi && npm run lint:openapi\n`);
  process.exitCode = 1;
}
