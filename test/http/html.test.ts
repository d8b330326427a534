import { describe, expect, test } from '@jest/globals';
import { html, jsonBlock } from '../../src/http/html.ts';

describe('a value in markup', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`" onload='x`, '&quot; onload=&#39;x'],
    ['&lt;', '&amp;lt;'],
    [12.5, '12.5'],
    [0, '0'],
    [undefined, ''],
    [null, ''],
    [false, ''],
    [['<', html`<b>`, ['>']], '&lt;<b>&gt;'],
  ])('%j is written as %s', (value, written) => {
    expect(html`<p>${value}</p>`.text).toBe(`<p>${written}</p>`);
  });

  test('is escaped even if it looks like markup', () => {
    const likeMarkup = JSON.parse('{"text":"<script>"}');
    expect(html`${likeMarkup}`.text).not.toContain('<');
  });
});

test('JSON in a page is read back unchanged, and ends no script', () => {
  const value = { text: '</script><!--<script>"\u2028 & \u202e' };
  const [, block] = /^<script type="application\/json" id="data">(.*)<\/script>$/s.exec(
    jsonBlock('data', value).text,
  )!;
  expect(block).not.toContain('<');
  expect(JSON.parse(block!)).toEqual(value);
});
