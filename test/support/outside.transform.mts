import { pathToFileURL } from 'node:url';

/**
 * In place of a module: its exports as the worker has them. Jest loads modules anew for each test file, which takes a
 * second for the service; this way a worker loads it once.
 */
export default {
  async processAsync(_text: string, path: string) {
    const names = Object.keys(await import(pathToFileURL(path).href));
    const exported = names.map((name, n) => {
      const text = JSON.stringify(name);
      return `const _${n} = outside[${text}];\nexport { _${n} as ${text} };`;
    });
    return {
      code: [`const outside = await importOutside(${JSON.stringify(path)});`, ...exported].join('\n'),
    };
  },
};
