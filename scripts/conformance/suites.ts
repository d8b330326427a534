/** A test suite of OGC's CITE programme, as Maven Central has it. */
export interface Suite {
  title: string;
  artifact: string;
  version: string;
  /** The Java class that runs it. */
  controller: string;
  /** Only a service that declares this class is asked. */
  conformanceClass: string;
  /** What the suite wants to know of the service at `root`. */
  parameters(root: string): Record<string, string>;
}

const ALL = '-1';

export const SUITES: readonly Suite[] = [
  {
    title: 'OGC API – Features, parts 1 and 2',
    artifact: 'ets-ogcapi-features10',
    version: '1.9',
    controller: 'org.opengis.cite.ogcapifeatures10.TestNGController',
    conformanceClass: 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
    parameters: (root) => ({ iut: root, noofcollections: ALL }),
  },
  {
    title: 'OGC API – Tiles, part 1',
    artifact: 'ets-ogcapi-tiles10',
    version: '1.2',
    controller: 'org.opengis.cite.ogcapitiles10.TestNGController',
    conformanceClass: 'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core',
    parameters: (root) => ({ iut: root, noofcollections: ALL }),
  },
];
