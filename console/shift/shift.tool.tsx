import { me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { clockOf } from '../words/time.ts';
import { choose, current, PART } from './shift.store.ts';
import { said } from './shift.words.ts';

/** In the header: the shift that runs, and the way to it. */
export function ShiftTool() {
  if (!me.value) return null;
  const [one, ...others] = current.value;
  const isOne = one !== undefined && others.length === 0;
  return (
    <button
      type="button"
      class={`shift-tool ${one?.state ?? ''}`}
      onClick={() => (isOne ? choose(one.id) : show({ part: PART, item: '' }, { isStep: true }))}
    >
      {!one && said.toolNone()}
      {isOne && said.tool({ place: one.place.name, at: clockOf(one.openedAt) })}
      {one && !isOne && said.toolMany({ n: current.value.length })}
    </button>
  );
}
