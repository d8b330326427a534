import { expect, test } from '@jest/globals';
import { readResults } from '../../scripts/conformance/results.ts';

const FEATURES = 'org.opengis.cite.ogcapifeatures10.conformance.core.collections.Features';

// shortened from a run of the Features suite
const reportOf = (...methods: string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<testng-results ignored="0" total="3" passed="1" failed="1" skipped="1">
  <reporter-output></reporter-output>
  <suite started-at="2026-11-26T22:50:00Z" name="ogcapi-features-1.0-1.9" duration-ms="1">
    <groups><group name="landingpage"><method signature="x()" name="x" class="${FEATURES}"/></group></groups>
    <test name="Core" duration-ms="1"><class name="${FEATURES}">${methods.join('')}</class></test>
    <test name="Nothing to do" duration-ms="0"></test>
  </suite>
</testng-results>`;

const method = (name: string, status: string, inside = '', config = ''): string =>
  `<test-method signature="${name}()" name="${name}" ${config} duration-ms="1" status="${status}">${inside}</test-method>`;
const exception = (message: string): string =>
  `<exception class="java.lang.AssertionError"><message><![CDATA[${message}]]></message></exception>`;
const parameters = '<params><param index="0"><value><![CDATA[{id=zones}]]></value></param></params>';

test('the results of a suite: what passed, and what failed or was skipped with its reason', () => {
  const report = reportOf(
    method('one', 'PASS', parameters),
    method('two', 'FAIL', parameters + exception('expected [4]\n  but found [5]')),
    method('three', 'SKIP', exception("no 'numberMatched'")),
  );
  expect(readResults(report)).toEqual({
    passed: 1,
    failed: [{ test: 'Features.two', message: 'expected [4] but found [5]' }],
    skipped: [{ test: 'Features.three', message: "no 'numberMatched'" }],
  });
});

test('preparations count when they fail, and only then', () => {
  const config = 'is-config="true"';
  const report = reportOf(
    method('initCommonFixture', 'PASS', '', config),
    method('clearMessages', 'SKIP', '', config),
    method('retrieveApiModel', 'FAIL', '<exception class="java.lang.NoSuchMethodError"></exception>', config),
    method('one', 'SKIP'),
  );
  expect(readResults(report)).toEqual({
    passed: 0,
    failed: [{ test: 'Features.retrieveApiModel', message: 'java.lang.NoSuchMethodError' }],
    skipped: [{ test: 'Features.one', message: '' }],
  });
});
