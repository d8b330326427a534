import { computed, effect, signal } from '@preact/signals';
import { me } from '../api/session.ts';
import { type Alarm, ringing } from './alarm.store.ts';

// Browsers play nothing before a gesture of a person. The sound is a loop within the audio graph: timers of hidden tabs
// are slow, and nothing here waits for one.

let context: AudioContext | undefined;
let volume: GainNode | undefined;
const isRunning = signal(false);
/** When somebody muted this tab. */
export const mutedAt = signal<number | undefined>(undefined);

/** `blocked`: the browser waits for a gesture. */
export const soundState = computed<'armed' | 'blocked' | 'muted'>(() => {
  if (mutedAt.value !== undefined) return 'muted';
  return isRunning.value ? 'armed' : 'blocked';
});

/** In a gesture: afterwards alarms sound without one. */
export function arm(): void {
  if (!context) {
    context = new AudioContext();
    context.onstatechange = () => {
      isRunning.value = context?.state === 'running';
    };
    volume = new GainNode(context);
    volume.connect(context.destination);
  }
  void context.resume();
}

export function mute(): void {
  mutedAt.value = Date.now();
}

export function unmute(): void {
  mutedAt.value = undefined;
  arm();
}

interface Beep {
  hz: number;
  from: number;
  to: number;
}

interface Pattern {
  seconds: number;
  loudness: number;
  beeps: Beep[];
  /** Bright for what is real, hollow for exercises. */
  harmonics: readonly number[];
}

const BRIGHT = [1, 0.5, 0.25];
const HOLLOW = [1, 0, 0.1];

const REAL: Record<Alarm['severity'], Pattern> = {
  extreme: { seconds: 1, loudness: 0.9, harmonics: BRIGHT, beeps: twoTones(960, 720, 0.5) },
  severe: { seconds: 2, loudness: 0.8, harmonics: BRIGHT, beeps: twoTones(880, 660, 0.5) },
  moderate: { seconds: 4, loudness: 0.6, harmonics: BRIGHT, beeps: pips(740, 2) },
  minor: { seconds: 8, loudness: 0.4, harmonics: BRIGHT, beeps: pips(620, 1) },
};
/** Low, in threes: nobody takes it for real. */
const DRILL: Record<Alarm['severity'], Pattern> = {
  extreme: { seconds: 2, loudness: 0.7, harmonics: HOLLOW, beeps: pips(330, 3) },
  severe: { seconds: 3, loudness: 0.6, harmonics: HOLLOW, beeps: pips(330, 3) },
  moderate: { seconds: 5, loudness: 0.5, harmonics: HOLLOW, beeps: pips(294, 3) },
  minor: { seconds: 8, loudness: 0.4, harmonics: HOLLOW, beeps: pips(262, 3) },
};

function twoTones(high: number, low: number, each: number): Beep[] {
  return [
    { hz: high, from: 0, to: each },
    { hz: low, from: each, to: 2 * each },
  ];
}

function pips(hz: number, count: number): Beep[] {
  return Array.from({ length: count }, (_, i) => ({ hz, from: 0.3 * i, to: 0.3 * i + 0.18 }));
}

const EDGE_SECONDS = 0.012; // without a slope each beep would click

function soundOf(at: AudioContext, { seconds, loudness, beeps, harmonics }: Pattern): AudioBuffer {
  const { sampleRate } = at;
  const buffer = new AudioBuffer({ length: Math.round(seconds * sampleRate), sampleRate });
  const samples = buffer.getChannelData(0);
  const sum = harmonics.reduce((total, one) => total + one, 0);
  for (const { hz, from, to } of beeps) {
    for (let i = Math.round(from * sampleRate); i < to * sampleRate; i++) {
      const time = i / sampleRate;
      const edge = Math.min(1, (time - from) / EDGE_SECONDS, (to - time) / EDGE_SECONDS);
      const wave = harmonics.reduce(
        (total, part, n) => total + part * Math.sin(2 * Math.PI * hz * (n + 1) * time),
        0,
      );
      samples[i] = (loudness * edge * wave) / sum;
    }
  }
  return buffer;
}

/** What sounds: the worst of the alarms that nobody has noticed; a real one before an exercise. */
const sounding = computed<Pattern | undefined>(() => {
  const worst = ringing.value.find(({ isDrill }) => !isDrill) ?? ringing.value[0];
  return worst && (worst.isDrill ? DRILL : REAL)[worst.severity];
});

/** Lets alarms sound until somebody touches them. */
export function soundAlarms(): void {
  for (const gesture of ['pointerdown', 'keydown'] as const)
    addEventListener(gesture, () => me.peek() && arm(), { capture: true });
  effect(() => {
    // who signs in has clicked
    if (me.value && navigator.userActivation?.hasBeenActive) arm();
    else if (!me.value) void context?.suspend();
  });
  effect(() => {
    if (!isRunning.value || !sounding.value || !context || !volume) return;
    const source = new AudioBufferSourceNode(context, {
      buffer: soundOf(context, sounding.value),
      loop: true,
    });
    source.connect(volume);
    source.start();
    return () => {
      source.stop();
      source.disconnect();
    };
  });
  effect(() => {
    const level = mutedAt.value === undefined ? 1 : 0;
    if (isRunning.value && volume) volume.gain.value = level;
  });
}
