import { loadConfig } from './src/config.ts';
import { knexSettings } from './src/db/migrations.ts';

export default knexSettings(loadConfig().DATABASE_URL ?? '');
