import XmlBuilder from 'fast-xml-builder';

/** Elements by name, in output order; an array repeats an element, `@` marks an attribute, `#text` the text beside attributes. */
export interface XmlElement {
  [name: string]: XmlContent;
}
type XmlContent = string | number | undefined | XmlElement | readonly (string | XmlElement)[];

// XML 1.0 §2.2: characters that are forbidden even when escaped
const NO_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const builder = new XmlBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  // otherwise true becomes an attribute without a value, which is no XML
  suppressBooleanAttributes: false,
  tagValueProcessor: (_, value) => plain(value),
  attributeValueProcessor: (_, value) => plain(value),
});

const plain = (value: unknown): string => String(value).replace(NO_CHARACTERS, '');

export const writeXml = (document: XmlElement): string =>
  builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...document });
