/** The places of the page, in their order. */
export const tabs = ['Ask', 'Lab', 'Lessons', 'Settings'] as const;
export type Tab = (typeof tabs)[number];
