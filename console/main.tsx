import './app/console.css';
import './alarms/alarms.css';
import { render } from 'preact';
import { followNotices } from './alarms/distress.store.ts';
import { DistressStrip } from './alarms/distress.strip.tsx';
import { begin } from './api/session.ts';
import { beginAddress } from './app/address.ts';
import { EndedStrip } from './app/ended.strip.tsx';
import { addPart, addStrip } from './app/parts.ts';
import { Shell } from './app/shell.tsx';
import { crossingPart } from './crossings/crossing.part.tsx';
import { incidentPart } from './incidents/incident.part.tsx';
import { sincePart } from './since/since.part.tsx';
import { trayPart } from './tray/tray.part.tsx';
import { beginLanguage } from './words/language.ts';

addPart(incidentPart);
addStrip(EndedStrip);
addStrip(DistressStrip);
followNotices();

beginLanguage();
addPart(sincePart);
addPart(trayPart);
addPart(crossingPart);
beginAddress();
render(<Shell />, document.getElementById('app')!);
void begin();
