import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

const PROGRAM = '/usr/bin/Xvfb';

/** Pages of a headless browser always say that they are visible: tabs that are hidden need a screen. */
export const hasScreen = existsSync(PROGRAM);

export interface VirtualScreen {
  /** For `DISPLAY`. */
  display: string;
  close(): Promise<void>;
}

/** A screen that nobody sees (/usr/bin/Xvfb, from the package xvfb), with a number that is free. */
export async function openScreen(): Promise<VirtualScreen> {
  const screen: ChildProcess = spawn(
    PROGRAM,
    ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const lines = createInterface({ input: screen.stdio[3] as NodeJS.ReadableStream });
  const [number] = (await once(lines, 'line')) as [string];
  lines.close();
  return {
    display: `:${number}`,
    async close() {
      screen.kill();
      await once(screen, 'exit');
    },
  };
}
