import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Identifies a process, even against a later one with the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** The pid namespace: two containers on one machine each have their own pid 1. */
  machine: string;
  /** Start time of the process in clock ticks since boot; missing without /proc. */
  startTick?: string;
}

export const thisMachine = (): string =>
  orUndefined(
    () =>
      `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`,
  ) ?? hostname();

export function thisProcess(): ProcessIdentity {
  const startTick = statOf(process.pid)?.startTick;
  return { pid: process.pid, machine: thisMachine(), ...(startTick && { startTick }) };
}

/** Only for processes of this machine. */
export function isRunning({ pid, startTick }: ProcessIdentity): boolean {
  if (!startTick) return answersSignals(pid);
  const stat = statOf(pid);
  // Z and X: dead, but not reaped by its parent yet
  return stat?.startTick === startTick && !['Z', 'X'].includes(stat.state);
}

function statOf(pid: number): { state: string; startTick: string } | undefined {
  // proc_pid_stat(5): the second field is the command in brackets, which may hold anything; state is field 3, starttime 22
  const stat = orUndefined(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const [state, startTick] = stat ? pick(stat.slice(stat.lastIndexOf(')') + 2).split(' '), 0, 19) : [];
  return state && startTick ? { state, startTick } : undefined;
}

const pick = (fields: string[], ...indexes: number[]) => indexes.map((index) => fields[index]);

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
