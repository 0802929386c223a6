import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

/** The rooms of src/, top to bottom: a room imports from those below it only. */
const rooms = [
  'editor',
  'verbs',
  'language',
  'run',
  'hazards',
  'measures',
  'sources',
  'analysis',
  'training',
  'stimuli',
  'experiment',
  'formats',
  'protocol',
  'numerics',
  'core',
];
const mains = ['extension.ts', 'cli.ts', 'cli'];

const zones = rooms.map((room, at) => ({
  target: `./src/${room}`,
  from: [...mains, ...rooms.slice(0, at)].map((above) => `./src/${above}`),
  message: `src/${room} stands below: imports point downwards only (ARCHITECTURE.md, Rooms).`,
}));

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      'src/numerics/kernels/assembly/',
      'schemas/',
      '.cache/',
      '.vscode-test/',
    ],
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'vitest.config.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './webview/tsconfig.json', './test/webview/tsconfig.json'],
      },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...zones,
            // The webview shares only the protocol with its host; the protocol knows neither.
            ...[
              'editor',
              'verbs',
              'language',
              'run',
              'hazards',
              'measures',
              'sources',
              'analysis',
              'training',
              'stimuli',
              'experiment',
              'numerics',
              'core',
              'cli.ts',
              'extension.ts',
            ].map((room) => ({
              target: './webview',
              from: `./src/${room}`,
              // The table of values, and means over it: those of a checkpoint are taken when one looks at it.
              except:
                { analysis: ['./findings.ts'], core: ['./values.ts', './replicate.ts', './extended.ts'] }[
                  room
                ] ?? [],
              message:
                'The dashboard draws what it is sent: it imports src/protocol, src/formats, replicates and the table of values only.',
            })),
            ...['measures', 'hazards', 'analysis', 'run/detail.ts', 'run/activations-file.ts'].map(
              (place) => ({
                target: `./src/${place}`,
                from: './src/training',
                message:
                  'What is measured is a recording (src/sources/source.ts): how it was made is for its source to know.',
              }),
            ),
            {
              target: './src',
              from: './webview',
              message: 'The host knows the dashboard through src/protocol only.',
            },
            {
              target: './src',
              from: ['./test', './bench'],
              message: 'The product does not import its tests.',
            },
          ],
        },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/!(editor)/**/*.ts', 'src/cli.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'Only src/editor imports vscode.' }] },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'webview/src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/verbs/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: ['vscode', 'commander'] }],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'A verb answers its caller, which prints: it knows no process.' },
      ],
    },
  },
  {
    files: ['src/protocol/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['node:*', 'vscode'] }] },
  },
  {
    files: ['src/{core,numerics,stimuli,training,sources,analysis}/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...[
          'exp',
          'log',
          'log1p',
          'expm1',
          'pow',
          'cos',
          'sin',
          'tan',
          'tanh',
          'acos',
          'asin',
          'atan',
          'atan2',
          'cbrt',
          'hypot',
        ].map((property) => ({
          object: 'Math',
          property,
          message: 'Engines differ in its last digit: src/core/elementary has one whose bits are ours.',
        })),
      ],
    },
  },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
);
