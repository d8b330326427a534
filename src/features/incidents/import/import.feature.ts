type FeatureMembers = Record<string, unknown>;

interface IncidentParts {
  id?: unknown;
  coordinates: unknown[];
  counts: { best: unknown; low: unknown; high?: unknown };
  properties: FeatureMembers;
}

/** The unchecked Feature for `POST /v1/incidents`, without absent members. */
export function incidentFeature({ id, coordinates, counts, properties }: IncidentParts): FeatureMembers {
  const isCounted = counts.best !== undefined || counts.low !== undefined || counts.high !== undefined;
  return present({
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates },
    properties: present({ ...properties, counts: isCounted ? present(counts) : undefined }),
  });
}

function present(members: FeatureMembers): FeatureMembers {
  const left: FeatureMembers = {};
  for (const name in members) if (members[name] !== undefined) left[name] = members[name];
  return left;
}
