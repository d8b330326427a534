import { show, type View, view } from './address.ts';

interface FilterChoiceParts {
  /** The part of the address that it sets. */
  name: keyof View;
  label: string;
  /** The word for no choice. */
  all: string;
  values: readonly string[];
  wordOf: (one: string) => string;
}

/** A filter with one value or none, kept in the address. */
export function FilterChoice({ name, label, all, values, wordOf }: FilterChoiceParts) {
  return (
    <label>
      {label}
      <select
        value={view.value[name]}
        onChange={({ currentTarget }) => show({ [name]: currentTarget.value })}
      >
        <option value="">{all}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {wordOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
