// Starts the thread from the sources: Node 20 does not hand tsx down to threads. The build does without this file.
import { register } from 'tsx/esm/api';

register();
await import('./encoder.worker.ts');
