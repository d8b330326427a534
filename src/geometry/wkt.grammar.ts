/**
 * Well-known text of a geometry (OGC 06-103r4 §7) as peggy rules, for areas in parameters and for CQL2 text. A position may
 * have any number of coordinates here: how many are allowed is checked as in GeoJSON.
 */
export const WKT_GRAMMAR = String.raw`
Geometry
  = "POINT"i Z "(" _ coordinates:Position _ ")" { return { type: 'Point', coordinates }; }
  / "LINESTRING"i Z coordinates:Line { return { type: 'LineString', coordinates }; }
  / "MULTIPOINT"i Z "(" _ coordinates:MemberPoint|1.., Comma| _ ")" { return { type: 'MultiPoint', coordinates }; }
  / "MULTILINESTRING"i Z coordinates:Rings { return { type: 'MultiLineString', coordinates }; }
  / Area
  / "GEOMETRYCOLLECTION"i Z "(" _ geometries:Geometry|1.., Comma| _ ")" {
      return { type: 'GeometryCollection', geometries };
    }
Area
  = "POLYGON"i Z coordinates:Rings { return { type: 'Polygon', coordinates }; }
  / "MULTIPOLYGON"i Z "(" _ coordinates:Rings|1.., Comma| _ ")" { return { type: 'MultiPolygon', coordinates }; }
Rings = "(" _ @Line|1.., Comma| _ ")"
Line = "(" _ @Position|1.., Comma| _ ")"
MemberPoint = "(" _ @Position _ ")" / Position
Position = Signed|2.., Space|
Z = _ ("Z"i _)? &"("

Signed "number"
  = digits:$([+-]? Decimal ("E"i [+-]? [0-9]+)?) { return Number(digits); }
Decimal = [0-9]+ ("." [0-9]*)? / "." [0-9]+

Comma = _ "," _
_ "blank" = Blank*
Space "blank" = Blank+
Blank = [ \t\n\v\f\r\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]
`;
