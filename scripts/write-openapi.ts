import { writeFile } from 'node:fs/promises';
import { describeTripoint } from '../src/app.ts';

await writeFile('openapi/openapi.json', `${JSON.stringify(describeTripoint().document('/v1'), null, 2)}\n`);
