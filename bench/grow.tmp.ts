import { growIncidents } from './incidents.growth.ts';

const t = performance.now();
await growIncidents(process.argv[2]!, Number(process.argv[3]));
console.log(`grown in ${Math.round((performance.now() - t) / 1000)} s`);
