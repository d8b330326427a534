/** A desk of Tunisia for exercises, unless a test says otherwise. */
export const anAgency = (properties: object = {}) => ({
  type: 'Feature',
  geometry: null,
  properties: {
    names: { en: 'Exercise coordination desk' },
    country: 'TUN',
    type: 'coordination',
    contact: { dutyDesk: 'Operations room', telephone: '198', email: 'duty-desk@agency.example' },
    source: 'exercise plan of 2026',
    ...properties,
  },
});

/** Customs at the Tunisian side of Bouchebka, from 2026 on, unless a test says otherwise. */
export const aMandate = (change: object = {}) => ({
  agency: 'tun-douane',
  function: 'customs_control',
  scope: { type: 'crossing-side', crossing: 'bouchebka' },
  validFrom: '2026-01-01',
  source: 'exercise plan of 2026',
  ...change,
});
