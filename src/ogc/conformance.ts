const FEATURES_1 = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf';
const FEATURES_2 = 'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf';
const FEATURES_3 = 'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf';
const FEATURES_4 = 'http://www.opengis.net/spec/ogcapi-features-4/1.0/conf';
const CQL2 = 'http://www.opengis.net/spec/cql2/1.0/conf';
const FEATURES_5 = 'http://www.opengis.net/spec/ogcapi-features-5/1.0/conf';
const TILES_1 = 'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf';

/** The conformance classes that tests cover (test/ogc/conformance.test.ts). */
export const CONFORMS_TO: readonly string[] = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections',
  `${FEATURES_1}/core`,
  `${FEATURES_1}/geojson`,
  `${FEATURES_1}/html`,
  `${FEATURES_1}/oas30`,
  `${FEATURES_2}/crs`,
  `${FEATURES_3}/filter`,
  `${FEATURES_3}/features-filter`,
  ...[
    'cql2-text',
    'cql2-json',
    'basic-cql2',
    'advanced-comparison-operators',
    'case-insensitive-comparison',
    'accent-insensitive-comparison',
    'basic-spatial-functions',
    'basic-spatial-operators',
    'basic-spatial-functions-plus',
    'spatial-functions',
    'temporal-functions',
    'array-functions',
    'property-property',
    'functions',
    'arithmetic',
  ].map((name) => `${CQL2}/${name}`),
  `${FEATURES_4}/create-replace-delete`,
  `${FEATURES_4}/update`,
  `${FEATURES_4}/optimistic-locking-etags`,
  `${FEATURES_4}/features`,
  `${FEATURES_5}/schemas`,
  `${FEATURES_5}/core-roles-features`,
  `${FEATURES_5}/queryables`,
  `${FEATURES_5}/sortables`,
  ...[
    'core',
    'tileset',
    'tilesets-list',
    'dataset-tilesets',
    'geodata-tilesets',
    'collections-selection',
    'datetime',
    'mvt',
    'oas30',
  ].map((name) => `${TILES_1}/${name}`),
];
