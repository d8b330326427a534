import { rm } from 'node:fs/promises';
import { dropServerDatabase } from './server.database.ts';

export default async function () {
  const { TRIPOINT_TEST_FOLDER: folder, TRIPOINT_TEST_TEMPLATE: template } = process.env;
  if (template) await dropServerDatabase(template);
  if (folder) await rm(folder, { recursive: true, force: true });
}
