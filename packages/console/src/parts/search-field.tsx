import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';

/** Waits until somebody stops typing, so that each letter is no request. */
const pauseMs = 150;

/** A field that filters what stands below it. `/` leads here. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [text, setText] = useState(value);
  // A page that is drawn anew all the while must not put off what was typed.
  const tell = useEffectEvent(onChange);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => tell(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <input
      type="search"
      className="search"
      aria-label={label}
      placeholder={`${label}  ( / )`}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

export function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: Readonly<Record<string, string>>;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <label className="choice-field">
      {label}{' '}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {Object.entries(options).map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
