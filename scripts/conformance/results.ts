import { XMLParser } from 'fast-xml-parser';

export interface Results {
  passed: number;
  failed: Outcome[];
  skipped: Outcome[];
}

export interface Outcome {
  /** `FeaturesTime.timeParameterDefinition`. */
  test: string;
  message: string;
}

interface Method {
  name: string;
  status: 'PASS' | 'FAIL' | 'SKIP';
  'is-config'?: string;
  exception?: { class: string; message?: string };
}

interface Report {
  'testng-results': { suite: { test: { class: { name: string; 'test-method': Method[] }[] }[] }[] };
}

const LISTS = ['suite', 'test', 'class', 'test-method'];
const LONGEST_MESSAGE = 400;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && LISTS.includes(name),
});

/** The result file of TestNG (`testng-results.xml`). */
export function readResults(xml: string): Results {
  const report: Report = parser.parse(xml);
  const classes = report['testng-results'].suite.flatMap(({ test = [] }) =>
    test.flatMap((t) => t.class ?? []),
  );
  const methods = classes.flatMap((c) => c['test-method'].map((method) => ({ method, of: c.name })));
  const ofStatus = (status: string) => methods.filter(({ method }) => method.status === status);
  // a failed preparation skips tests, so it counts as a failure; a passed one is not a test
  const isTest = ({ method }: { method: Method }) => method['is-config'] !== 'true';
  return {
    passed: ofStatus('PASS').filter(isTest).length,
    failed: ofStatus('FAIL').map(outcomeOf),
    skipped: ofStatus('SKIP').filter(isTest).map(outcomeOf),
  };
}

function outcomeOf({ method, of }: { method: Method; of: string }): Outcome {
  const message = method.exception?.message ?? method.exception?.class ?? '';
  return {
    test: `${of.slice(of.lastIndexOf('.') + 1)}.${method.name}`,
    message: message.trim().replace(/\s+/g, ' ').slice(0, LONGEST_MESSAGE),
  };
}
