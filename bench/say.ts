/** Progress goes beside the results, which can be piped into a file. */
export const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};
