import type { ComponentChildren } from 'preact';

export function Group({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceParts {
  label: string;
  chosen: string;
  values: readonly string[];
  wordOf: (one: string) => string;
  choose: (one: string) => void;
}

export function Choice({ label, chosen, values, wordOf, choose }: ChoiceParts) {
  return (
    <label>
      {label}
      <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {values.map((one) => (
          <option key={one} value={one}>
            {wordOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
