import { WKT_GRAMMAR } from '../../geometry/wkt.grammar.ts';

/**
 * CQL2 text, after the BNF of OGC 21-065r2 Annex B: peggy builds the parser from it at first use. All kinds of
 * expressions share one precedence ladder and are separated by type afterwards, so no parenthesis is read twice and
 * parsing time is linear in the length. For the same reason a keyword that opens a literal never names a function.
 */
export const GRAMMAR = String.raw`
Filter = _ @Expression _

Expression
  = first:Conjunction rest:(_ Or _ @Conjunction)* { return options.join('or', first, rest); }
Conjunction
  = first:Negation rest:(_ And _ @Negation)* { return options.join('and', first, rest); }
Negation
  = nots:(Not _)* condition:Comparison { return nots.reduce((of) => options.call('not', [of]), condition); }

Comparison
  = left:Sum test:(_ @Test)? { return test ? test(left) : left; }
Test
  = op:$("<>" / "<=" / ">=" / [=<>]) _ right:Sum { return (left) => options.call(op, [left, right]); }
  / Is _ not:(Not _)? Null { return (left) => options.unless(not, options.call('isNull', [left])); }
  / not:(Not _)? test:NegatableTest { return (left) => options.unless(not, test(left)); }
NegatableTest
  = Like _ pattern:Sum { return (left) => options.call('like', [left, pattern]); }
  / &{ return options.isLenient; } ILike _ pattern:Sum {
      return (left) => options.call('like', [options.call('casei', [left]), options.call('casei', [pattern])]);
    }
  / Between _ low:Sum _ And _ high:Sum { return (left) => options.call('between', [left, low, high]); }
  / In _ "(" _ list:Expression|1.., Comma| _ ")" { return (left) => options.call('in', [left, options.list(list)]); }

Sum
  = first:Product rest:(_ @$[+-] _ @Product)* { return options.chain(first, rest); }
Product
  = first:Power rest:(_ @($[*/%] / Div { return 'div'; }) _ @Power)* { return options.chain(first, rest); }
Power
  = base:Factor exponent:(_ "^" _ @Factor)? { return exponent === null ? base : options.call('^', [base, exponent]); }
Factor
  = "-" _ of:Primary { return options.minus(of); }
  / Primary

Primary
  = Number
  / Text
  / Truth
  / Instant
  / Interval
  / Box
  / Geometry
  / Call
  / Property
  / "(" _ list:Expression|.., Comma| _ ")" { return options.parenthesised(list); }

Call
  = !Constructor name:Identifier _ "(" _ args:Expression|.., Comma| _ ")" { return options.call(name, args); }
Property
  = name:(Identifier / Quoted) { return { property: name }; }

Instant
  = "DATE"i _ "(" _ text:Text _ ")" { return { date: text }; }
  / "TIMESTAMP"i _ "(" _ text:Text _ ")" { return { timestamp: text }; }
Interval
  = "INTERVAL"i _ "(" _ from:End _ "," _ to:End _ ")" { return { interval: [from, to] }; }
End
  = Text
  / instant:Instant { return instant.date ?? instant.timestamp; }
  / Call
  / Property

Box
  = "BBOX"i _ "(" _ bbox:Signed|4..6, Comma| _ ")" { return { bbox }; }

Number "number"
  = digits:$(Decimal ("E"i [+-]? [0-9]+)?) !IdentifierPart { return Number(digits); }
Truth "truth"
  = "TRUE"i !IdentifierPart { return true; }
  / "FALSE"i !IdentifierPart { return false; }

Text "text"
  = &{ return options.isLenient; } "'" parts:($[^']+ / Quote)* "'" { return parts.join(''); }
  / &{ return !options.isLenient; } "'" parts:($[^'\\]+ / Quote / Escape / "\\")* "'" { return parts.join(''); }
Quote = "''" { return "'"; }
Escape = "\\" character:[abtnvfr'\\] { return options.escapes[character]; }

Quoted "name" = '"' name:$('""' / [^"])* '"' { return name.replaceAll('""', '"'); }
Identifier "name" = !Reserved @$(IdentifierStart IdentifierPart*)
IdentifierStart
  = [:_A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFE\u200C-\u200D\u2070-\u218F]
  / [\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD] / [\uD800-\uDB7F][\uDC00-\uDFFF]
IdentifierPart = IdentifierStart / [.0-9\u0300-\u036F\u203F-\u2040]

Reserved = And / Or / Not / Is / Null / Like / Between / In / Div / Truth
Constructor
  = ("DATE"i / "TIMESTAMP"i / "INTERVAL"i / "BBOX"i / "POINT"i / "LINESTRING"i / "POLYGON"i / "MULTIPOINT"i
    / "MULTILINESTRING"i / "MULTIPOLYGON"i / "GEOMETRYCOLLECTION"i) !IdentifierPart
And "AND" = "AND"i !IdentifierPart
Or "OR" = "OR"i !IdentifierPart
Not "NOT" = "NOT"i !IdentifierPart
Is "IS" = "IS"i !IdentifierPart
Null "NULL" = "NULL"i !IdentifierPart
Like "LIKE" = "LIKE"i !IdentifierPart
ILike "ILIKE" = "ILIKE"i !IdentifierPart
Between "BETWEEN" = "BETWEEN"i !IdentifierPart
In "IN" = "IN"i !IdentifierPart
Div "DIV" = "DIV"i !IdentifierPart

${WKT_GRAMMAR}`;
