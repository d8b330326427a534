// Names the fields of Swagger UI for screen readers: it draws selects and disabled inputs without a label.

/** @param {Element} field */
function nameOf(field) {
  if (field.id === 'servers') return 'Server';
  const row = field.closest('tr');
  const parameter = row?.getAttribute('data-param-name');
  if (parameter) return parameter;
  const code = row?.getAttribute('data-code');
  return code ? `Media type of ${code}` : 'Media type';
}

function nameFields() {
  for (const field of document.querySelectorAll('select:not([aria-label]), input:not([aria-label])'))
    field.setAttribute('aria-label', nameOf(field));
}

new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
