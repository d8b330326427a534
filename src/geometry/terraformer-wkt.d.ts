declare module '@terraformer/wkt' {
  import type { Geometry } from 'geojson';

  const terraformer: { wktToGeoJSON(text: string): Geometry };
  export default terraformer;
}
