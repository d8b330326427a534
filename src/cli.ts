#!/usr/bin/env node
import { Command, Option } from 'commander';
import { auditCommands } from './commands/audit.command.ts';
import { backup, restore } from './commands/backup.command.ts';
import { withSource } from './commands/command.source.ts';
import { image } from './commands/image.command.ts';
import { importFile } from './commands/import.command.ts';
import { keyCommands } from './commands/keys.command.ts';
import { purge } from './commands/purge.command.ts';
import { applyReference } from './commands/reference.command.ts';
import { type RestoredOptions, restored } from './commands/restored.command.ts';
import { roles } from './commands/roles.command.ts';
import { worldCommands } from './commands/world.command.ts';
import { dropExercise, endExercise } from './commands/world.end.command.ts';
import { loadConfig } from './config.ts';
import { ROLES } from './core/caller.ts';
import { asOwner, migrate } from './db/migrations.ts';
import { seedDemo, seedReference } from './demo.ts';
import { fail, serve } from './server.ts';

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);
const program = new Command('tripoint').description(
  'Geospatial monitoring of the borders of Algeria, Libya and Tunisia.',
);

program
  .command('serve')
  .description('run the service')
  .action(() => serve(loadConfig()));

program
  .command('roles')
  .description('create the three logins of the service on a server: owner, web and jobs (DATABASE_ADMIN_URL)')
  .option('--new-passwords', 'also for logins that exist')
  .option('--world <exercise>', 'names the logins after the exercise that the database holds')
  .action(roles);

program
  .command('migrate')
  .description('apply pending migrations')
  .action(() =>
    withSource(async (source) => {
      const names = await asOwner(source.ownerConnection, (knex) => migrate(knex, { log: say }));
      say(names.length > 0 ? `Done:\n  ${names.join('\n  ')}` : 'The database is up to date.');
    }),
  );

program
  .command('seed')
  .description('load the reference data; existing rows stay unchanged')
  .option('--demo', 'also the demo scenario, all of it marked as an exercise')
  .action(({ demo }: { demo?: boolean }) =>
    withSource(async (source) => {
      await seedReference(source);
      if (demo) await seedDemo(source);
      say(`Seeded: reference data${demo ? ' and demo scenario' : ''}.`);
    }),
  );

program
  .command('import <file>')
  .description('send incidents from a file to a running service')
  .addOption(
    new Option('--format <format>', 'default: by the file extension').choices([
      'csv',
      'geojsonl',
      'geojson',
      'iom-missing-migrants',
    ]),
  )
  .requiredOption('--key <key>', 'key of a reporter or operator')
  .option('--url <url>', 'address of the service', 'http://127.0.0.1:3000')
  .action(importFile);

program
  .command('reference')
  .description('borders, segments, crossings and their sides')
  .command('apply <file>')
  .description('show what a GeoJSON file changes, and send it to a running service as a correction')
  .requiredOption('--key <key>', 'key of an admin')
  .option('--url <url>', 'address of the service', 'http://127.0.0.1:3000')
  .option('--preview', 'only show what it would change')
  .option('--source <text>', 'source of the rows, if the file names none')
  .option('--reason <text>', 'why')
  .option('--valid-from <time>', 'start of the new versions; default: when the correction is applied')
  .option('--collection <name>', 'borders, segments or crossings, for a layer saved by a GIS')
  .action(applyReference);

program
  .command('purge')
  .description('delete incidents past their retention (RETENTION_…); the service does this every hour')
  .action(purge);

program
  .command('image')
  .description('make the image that new embedded databases start from; npm run build does it')
  .action(image);

program
  .command('backup <file>')
  .description('copy the embedded database to a file, while the service runs')
  .action((file: string) => backup(file));

program
  .command('restore <file>')
  .description('put a backup of the embedded database into a new folder (TRIPOINT_DATA)')
  .action((file: string) => restore(file));

program
  .command('restored')
  .description('open the service after a restore')
  .option(
    '--replay <export>',
    'replay revocations, narrowed labels, holds and removals from an export of the whole audit log',
  )
  .option('--nothing-elsewhere', 'nothing happened after the backup, or nothing is left of it')
  .action((options: RestoredOptions) => restored(options));

const keys = program.command('keys').description('manage the keys of agencies');
keys
  .command('create')
  .description('create a key; it is shown once')
  .requiredOption('--agency <id>', 'the agency it acts for')
  .requiredOption('--role <role...>', `one or more of ${ROLES.join(', ')}`)
  .option('--name <name>', 'the system that uses it, never a person')
  .option('--days <days>', 'days of validity; default: no expiry')
  .option('--json', 'print JSON')
  .action(keyCommands.create);
keys
  .command('list')
  .description('list metadata of keys')
  .option('--json', 'print JSON')
  .action(keyCommands.list);
keys.command('revoke <id>').description('revoke a key at once').action(keyCommands.revoke);

const audit = program.command('audit').description('the log of reads and writes');
audit
  .command('seal')
  .description('seal new entries, if the service does not do it')
  .option('--every <seconds>', 'repeat at this interval')
  .action(auditCommands.seal);
audit
  .command('verify')
  .description('check the chain; names the first broken link and unsealed entries')
  .option('--head <head>', 'a head stored elsewhere: the chain must contain it')
  .action(auditCommands.verify);
audit
  .command('head')
  .description('print the head of the chain, to store it elsewhere')
  .action(auditCommands.head);
audit.command('export').description('print sealed entries as JSON Lines').action(auditCommands.export);

const world = program.command('world').description('the world of a database: the actual one, or an exercise');
world
  .command('new')
  .description('make a new, empty database an exercise, or the actual world')
  .option('--exercise <id>', 'the name of the exercise in addresses and files')
  .option('--actual', 'real events: no demo data and no demo keys')
  .option(
    '--from <url>',
    'database of the actual world, to copy its reference data; default: that of the program',
  )
  .option('--mandates', 'copy the mandates in force')
  .option('--zones', 'copy the agreed zones, with their revisions and consents')
  .option('--statuses', 'copy the statuses of crossings')
  .option('--participants <codes>', 'countries that take part, such as DZA,TUN')
  .option('--name-en <name>', 'its name in English')
  .option('--name-fr <name>', 'in French')
  .option('--name-ar <name>', 'in Arabic')
  .option('--purpose <text>', 'what it is for')
  .option('--starts <time>', 'planned beginning')
  .option('--ends <time>', 'planned end')
  .action(worldCommands.new);
world
  .command('show')
  .description('print which world the database is')
  .option('--json', 'print JSON')
  .action(worldCommands.show);
world
  .command('end')
  .description('end the exercise: it is read-only from then on')
  .action(() => endExercise());
world
  .command('drop')
  .description('drop the database of an ended exercise, with a proof in the audit log of the actual world')
  .requiredOption('--proof-to <url>', 'database of the actual world, as its owner')
  .action(dropExercise);

await program.parseAsync().catch(fail);
