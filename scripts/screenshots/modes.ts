/** How a view is looked at. */
export const modes = {
  wide: { size: { width: 1180, height: 860 }, colorScheme: 'light' },
  dark: { size: { width: 1180, height: 860 }, colorScheme: 'dark' },
  phone: { size: { width: 390, height: 844 }, colorScheme: 'light' },
} as const;

export type Mode = keyof typeof modes;
