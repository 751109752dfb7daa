const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = 'accord-theme';

export function currentTheme(): Theme {
  const said = localStorage.getItem(kept);
  return themes.find((theme) => theme === said) ?? 'system';
}

/** Follows the system unless somebody has said otherwise in this browser. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(kept, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
}
