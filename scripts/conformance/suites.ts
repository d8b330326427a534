/** A test suite of OGC's CITE programme, as Maven Central has it. */
export interface Suite {
  title: string;
  artifact: string;
  version: string;
  /** The Java class that runs it. */
  controller: string;
  /** Only a service that declares this class is asked. */
  conformanceClass: string;
  /** What the suite wants to know of the service. */
  parameters(service: ServiceFacts): Record<string, string>;
}

export interface ServiceFacts {
  /** Where the landing page is. */
  root: string;
  declared: string[];
  layers: { id: string; crs?: string[]; extent?: { spatial?: object } }[];
}

/**
 * The suite for Features takes the first layers up to a number; -1 are all. Its tests of reference systems end with a null
 * pointer at a layer without geometry, and fail at one of which nobody unknown sees a feature.
 */
const layersToTest = ({ layers }: ServiceFacts): string =>
  String(layers.findIndex(({ crs, extent }) => !crs || !extent?.spatial));

/** Around the border of Algeria and Tunisia: a tile that is empty counts as a failure there. */
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
      iut: root.replace(/\/$/, ''), // it puts /conformance behind it
      tilematrixsetdefinitionuri: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
      urltemplatefortiles: `${root}tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`,
      ...TILES_WITH_FEATURES,
    }),
  },
];
