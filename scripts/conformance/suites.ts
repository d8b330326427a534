/** A test suite of OGC's CITE programme on Maven Central. */
export interface Suite {
  title: string;
  artifact: string;
  version: string;
  /** The Java class that runs it. */
  controller: string;
  /** The suite runs only if the service declares this class. */
  conformanceClass: string;
  /** Parameters of the suite for a service. */
  parameters(service: ServiceFacts): Record<string, string>;
}

export interface ServiceFacts {
  /** URL of the landing page. */
  root: string;
  declared: string[];
  layers: { id: string; extent?: { spatial?: object } }[];
}

/**
 * The Features suite takes a number of first layers; -1 means all. One of its tests (FeatureCrsParameterTransform) compares
 * geometries without asking whether there is one, so layers without geometry, which are the last ones, are left out.
 */
const layersToTest = ({ layers }: ServiceFacts): string =>
  String(layers.findIndex(({ extent }) => !extent?.spatial));

/** Around the border of Algeria and Tunisia, because the suite fails on an empty tile. */
const TILES_WITH_FEATURES = {
  tilematrix: '6',
  mintilerow: '25',
  maxtilerow: '26',
  mintilecol: '33',
  maxtilecol: '33',
};

export const SUITES: readonly Suite[] = [
  {
    title: 'OGC API – Features, parts 1 and 2',
    artifact: 'ets-ogcapi-features10',
    version: '1.9',
    controller: 'org.opengis.cite.ogcapifeatures10.TestNGController',
    conformanceClass: 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
    parameters: (service) => ({ iut: service.root, noofcollections: layersToTest(service) }),
  },
  {
    title: 'OGC API – Tiles, part 1',
    artifact: 'ets-ogcapi-tiles10',
    version: '1.2',
    controller: 'org.opengis.cite.ogcapitiles10.TestNGController',
    conformanceClass: 'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core',
    parameters: ({ root }) => ({
      iut: root.replace(/\/$/, ''), // the suite appends /conformance
      tilematrixsetdefinitionuri: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
      urltemplatefortiles: `${root}tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`,
      ...TILES_WITH_FEATURES,
    }),
  },
];
