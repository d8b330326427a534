import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const run = promisify(execFile);

const TOOLS = [
  ['Java', 'java', '-version'],
  ['Maven', 'mvn', '-version'],
] as const;

/** Which of Java and Maven are missing on this machine. */
export async function missingTools(): Promise<string[]> {
  const missing: string[] = [];
  for (const [name, command, question] of TOOLS) {
    await run(command, [question]).catch(() => missing.push(name));
  }
  return missing;
}
