/** Progress goes to stderr, so that results can be piped into a file. */
export const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};
