import type { BrowserContext, Page } from 'playwright-core';

interface Tap {
  loudness(): number;
  pitch(): number;
}

// a text, because what compiles tests adds names to functions that a page does not know
const TAP = `
  const samples = new Float32Array(32768);
  const taps = [];
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (...args) {
    if (args[0] instanceof AudioDestinationNode) {
      const tap = new AnalyserNode(this.context, { fftSize: samples.length });
      connect.call(this, tap);
      taps.push(tap);
    }
    return connect.apply(this, args);
  };
  const measured = (tap) => {
    tap.getFloatTimeDomainData(samples);
    return tap;
  };
  window.tap = {
    loudness: () => Math.max(0, ...taps.map((tap) => {
      measured(tap);
      return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    })),
    pitch: () => Math.max(0, ...taps.map((tap) => {
      const { context: { sampleRate } } = measured(tap);
      const heard = samples.filter((one) => Math.abs(one) > 0.01);
      const turns = heard.filter((one, i) => i > 0 && one > 0 !== heard[i - 1] > 0).length;
      return heard.length && (turns * sampleRate) / (2 * heard.length);
    })),
  };
`;

/**
 * Measures what a page sends to the loudspeakers, before it does anything: whatever it connects with the destination of
 * an audio graph is connected with an AnalyserNode, too.
 */
export const tapSound = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript({ content: TAP });

/** Root mean square of the last 0.7 seconds; 0: silence. */
export const loudnessOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { tap: Tap }).tap.loudness());

/** Hertz of what is heard; 0: silence. */
export const pitchOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { tap: Tap }).tap.pitch());
