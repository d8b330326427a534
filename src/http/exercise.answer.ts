import type { Express, Request, RequestHandler, Response } from 'express';
import { tagIn } from '../core/precondition.ts';
import type { World, WorldReader } from '../core/world.ts';

const HEADER = 'Tripoint-World';
const EXPOSED = 'Access-Control-Expose-Headers';
/** They say how the process is, also while its database is away. */
const PROBES = /\/(healthz|readyz|metrics)$/;

/** The exercise that answers a request; undefined: the actual world, which answers without a word about worlds. */
export const exerciseOf = ({ res }: Request): World | undefined => res?.locals.exercise;

/** Every answer of an exercise names it. The world is read once, by the first request. */
export function nameWorld(app: Express, read: WorldReader): RequestHandler {
  let known: World | undefined;
  const exercise = () => (known?.kind === 'exercise' ? known : undefined);
  tagBytesIn(app, exercise);
  // without its database the service answers with problems alone
  const learn = () =>
    read().then(
      (world) => {
        known = world;
      },
      () => {},
    );
  return (req, res, next) => {
    const goOn = () => {
      name(exercise(), res);
      next();
    };
    if (known || PROBES.test(req.path)) goOn();
    else void learn().then(goOn);
  };
}

function name(exercise: World | undefined, res: Response): void {
  if (!exercise) return;
  res.locals.exercise = exercise;
  res.setHeader(HEADER, exercise.id);
  const exposed = res.getHeader(EXPOSED);
  if (exposed !== undefined) res.setHeader(EXPOSED, `${exposed},${HEADER}`);
}

/** The ETags that Express makes of the bytes of answers. */
function tagBytesIn(app: Express, exercise: () => World | undefined): void {
  const tagOf = app.get('etag fn');
  app.set('etag', (body: Buffer, encoding?: BufferEncoding) => tagIn(exercise(), tagOf(body, encoding)));
}
