// The form that narrows a page of features.
const form = /** @type {HTMLFormElement} */ (document.getElementById('filter'));
const DECIMALS = 4;

form.closest('details')?.removeAttribute('hidden');

// what is empty is not asked for
form.addEventListener('formdata', ({ formData }) => {
  for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
});

const fromMap = document.getElementById('from-map');
const frame = /** @type {import('./map.js').MapFrame | null} */ (document.getElementById('map'));
if (!frame) fromMap?.remove();
fromMap?.addEventListener('click', () => {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('bbox'));
  const corners = frame?.map?.getBounds().toArray().flat() ?? [];
  field.value = corners.map((degrees) => Number(degrees.toFixed(DECIMALS))).join(',');
});
