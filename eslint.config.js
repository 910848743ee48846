import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** The pipeline's stages in the order data flows: none may import a later one. */
const STAGES = ['read', 'chunk', 'embed', 'index', 'retrieve', 'prompt', 'generate', 'cite'];

const OUTSIDE_THE_PIPELINE = {
  regex: '(^svelte|\\.svelte$|/(ui|workers|library|lab|models|models-page|service-worker)/)',
  message: 'The pipeline is plain TypeScript: it imports nothing of the page.',
};

const flow = STAGES.map((stage, place) => ({
  files: [`src/pipeline/${stage}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...STAGES.slice(place + 1).map((later) => ({
            regex: `^\\.\\./(.*/)?${later}/`,
            message: `${stage} comes before ${later}: a stage imports no later one.`,
          })),
          OUTSIDE_THE_PIPELINE,
        ],
      },
    ],
  },
}));

const forbidden = [
  {
    selector:
      'MemberExpression[object.name=/^(test|it|describe|expect)$/][property.name=/^(only|skip|skipIf|runIf|todo|fixme)$/]',
    message: 'Every test runs.',
  },
  {
    selector:
      "MemberExpression[object.object.name='test'][object.property.name='describe'][property.name=/^(only|skip|fixme)$/]",
    message: 'Every test runs.',
  },
];

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'public/', '.cache/', 'test-results/', 'tools/', '**/*.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // The compiler knows every name better.
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...forbidden],
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 1000 }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // noUncheckedIndexedAccess asks for it in every loop over a typed array.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'tests/**', '**/*.test.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // A map local to a function needs no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/pipeline/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [OUTSIDE_THE_PIPELINE] }],
      'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'localStorage', 'DOMParser'],
    },
  },
  ...flow,
  {
    // A test may look at both sides of a border.
    files: ['src/pipeline/**/*.test.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off', 'no-restricted-globals': 'off' },
  },
);
