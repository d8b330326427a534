// The service serves MapLibre beside these scripts.
export * from 'maplibre-gl';
