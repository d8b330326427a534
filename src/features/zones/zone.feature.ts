import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { consentOperations } from './consent.routes.ts';
import { consentStore } from './consent.store.ts';
import { previewStore } from './preview.store.ts';
import { revisionOperations } from './revision.routes.ts';
import { revisionStore } from './revision.store.ts';
import { zoneCollection } from './zone.collection.sql.ts';
import { zoneEditor } from './zone.editor.ts';
import { zoneOperations } from './zone.routes.ts';
import { zoneStore } from './zone.store.ts';

export function zones(db: Database) {
  const zones = zoneStore(db);
  const revisions = revisionStore(db);
  const consents = consentStore(db);
  const feature: Feature = {
    collections: [zoneCollection],
    editors: { zones: zoneEditor(zones) },
    operations: [
      ...zoneOperations(zones, previewStore(db)),
      ...revisionOperations(zones, revisions),
      ...consentOperations(consents),
    ],
  };
  return { ...feature, readers: { revisions: revisions.listCurrent, waitingConsents: consents.listWaiting } };
}
