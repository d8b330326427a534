import { me } from '../api/session.ts';
import { clockOf } from '../words/time.ts';
import { nameIn } from '../words/words.ts';
import { askForNotices, noticePermission } from './alarm.notice.ts';
import { mute, mutedAt, soundState, unmute } from './alarm.sound.ts';
import { said } from './alarm.words.ts';

/** Whether alarms would be heard. */
export function AlarmTool() {
  if (!me.value) return null;
  const state = soundState.value;
  const time = clockOf(mutedAt.value ?? 0);
  const text = {
    armed: said.armed(),
    blocked: said.blocked(),
    muted: said.muted({ agency: nameIn(me.value.names), time }),
  }[state];
  return (
    <p class={`sound ${state}`}>
      <span role="status">{text}</span>
      {state === 'armed' ? (
        <button type="button" onClick={mute}>
          {said.mute()}
        </button>
      ) : (
        <button type="button" class="alarm" onClick={unmute}>
          {said.arm()}
        </button>
      )}
      {noticePermission.value === 'default' && (
        <button type="button" onClick={() => void askForNotices()}>
          {said.allowNotices()}
        </button>
      )}
    </p>
  );
}
