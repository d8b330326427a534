const { base = '/v1', root = '', assets = '/assets' } = document.body.dataset;

/** The base path of the API: `/v1`, or that of an exercise. */
export const BASE = base;
/** Before all paths: empty, or `/exercises/autumn`. */
export const ROOT = root;
/** Of the files that are the same for all worlds. */
export const assetUrl = (name: string) => `${assets}/${name}`;
