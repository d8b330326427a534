import { writeXml, type XmlElement } from '../../http/xml.text.ts';

/** One layer of a QGIS symbol, with its settings, and expressions for those that hang on the feature. */
export interface SymbolLayer {
  type: 'SvgMarker' | 'SimpleMarker' | 'SimpleLine' | 'SimpleFill';
  options: Record<string, string | number>;
  expressions?: Record<string, string>;
}

/** Features that match the filter get the symbol, besides those of other rules. */
export interface SymbolRule {
  label: string;
  /** A QGIS expression; `ELSE` for features without another rule; absent: all. */
  filter?: string;
  layers: readonly SymbolLayer[];
}

/** A heading of the legend with its rules. */
export interface RuleGroup {
  label: string;
  rules: readonly SymbolRule[];
}

const SYMBOL_TYPES = { SvgMarker: 'marker', SimpleMarker: 'marker', SimpleLine: 'line', SimpleFill: 'fill' };

/** A style of QGIS (QML) with a rule-based renderer; each group may draw a part of the same feature. */
export function qgisStyle(groups: readonly RuleGroup[]): string {
  const rules = groups.flatMap((group) => group.rules);
  const renderer = {
    '@type': 'RuleRenderer',
    '@symbollevels': '0',
    rules: { '@key': '{root}', rule: groups.map((group, i) => groupElement(group, i, rules)) },
    symbols: { symbol: rules.map(symbolElement) },
  };
  return writeXml({ qgis: { '@version': '3.34', '@styleCategories': 'Symbology', 'renderer-v2': renderer } });
}

const groupElement = (group: RuleGroup, i: number, all: readonly SymbolRule[]): XmlElement => ({
  '@key': `{group-${i}}`,
  '@label': group.label,
  rule: group.rules.map((rule) => ({
    '@key': `{rule-${all.indexOf(rule)}}`,
    '@label': rule.label,
    '@symbol': String(all.indexOf(rule)),
    ...(rule.filter !== undefined && { '@filter': rule.filter }),
  })),
});

const symbolElement = ({ layers }: SymbolRule, i: number): XmlElement => ({
  '@type': SYMBOL_TYPES[layers[0]!.type],
  '@name': String(i),
  '@alpha': '1',
  layer: layers.map(({ type, options, expressions = {} }) => ({
    '@class': type,
    '@enabled': '1',
    '@pass': '0',
    Option: { '@type': 'Map', Option: Object.entries(options).map(([name, value]) => text(name, value)) },
    data_defined_properties: { Option: { '@type': 'Map', Option: propertiesOf(expressions) } },
  })),
});

const text = (name: string, value: string | number): XmlElement => ({
  '@type': 'QString',
  '@name': name,
  '@value': String(value),
});

const EXPRESSION = '3'; // QgsProperty::Type

const propertiesOf = (expressions: Record<string, string>): XmlElement[] => [
  text('name', ''),
  {
    '@type': 'Map',
    '@name': 'properties',
    Option: Object.entries(expressions).map(([name, expression]) => ({
      '@type': 'Map',
      '@name': name,
      Option: [
        { '@type': 'bool', '@name': 'active', '@value': 'true' },
        text('expression', expression),
        { '@type': 'int', '@name': 'type', '@value': EXPRESSION },
      ],
    })),
  },
  text('type', 'collection'),
];
