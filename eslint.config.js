import tseslint from 'typescript-eslint';

/**
 * The layers, as one table. Each folder names the folders it may import; all rules are generated from here, because flat config
 * replaces the options of a rule wholesale: separately written blocks would silently erase each other.
 */
const science = {
  geometry: [],
  kernels: [],
  volume: ['geometry', 'kernels'],
  dicom: ['geometry', 'kernels', 'volume'],
  segmentation: ['geometry', 'kernels', 'volume'],
  liver: ['geometry', 'kernels', 'volume'],
  assessment: ['geometry', 'volume', 'liver'],
  plan: ['geometry', 'volume', 'dicom', 'segmentation', 'liver', 'assessment'],
  exchange: ['geometry', 'kernels', 'volume', 'dicom', 'segmentation', 'liver', 'assessment', 'plan'],
  report: ['geometry', 'kernels', 'volume', 'dicom', 'segmentation', 'liver', 'assessment', 'plan', 'exchange'],
  boundary: ['geometry', 'volume', 'dicom', 'segmentation', 'liver', 'assessment', 'plan', 'exchange', 'report'],
};
const scienceFolders = Object.keys(science);

/** Inside `renderer`: main joins everything, the rest as listed. `texts.ts` and `session.ts` are files at its root. */
const screen = {
  panels: ['commands', 'session', 'texts'],
  commands: ['session', 'worker', 'texts'],
  viewer: ['session', 'texts'],
  worker: [],
};

const screenLibraries = ['@cornerstonejs/*', '@kitware/*', '@kitware/vtk.js/**'];

const messages = {
  science: (folder, allowed) =>
    `src/${folder} may only use ${allowed.length ? allowed.map((name) => `src/${name}`).join(', ') : 'itself'}: move the shared part down, or pass the value in.`,
  index: 'Import a folder of src through its index.ts, so that its inside stays free to change.',
  machine:
    'src knows no machine: no Node, no DOM, no framework. Inject what you need (clock, bytes, random numbers) as an argument.',
  electron:
    'electron and renderer meet only in src/boundary: add a call to HostApi or a URL to the data plane instead.',
  viewer: 'Only renderer/viewer imports cornerstone3D and vtk.js: send it a request through the session instead.',
};

function scienceRules(folder, allowed) {
  const forbidden = scienceFolders.filter((name) => name !== folder && !allowed.includes(name));
  const patterns = [
    {
      group: ['node:*', 'fs', 'path', 'electron', 'react', 'react-dom', 'react-*', ...screenLibraries],
      message: messages.machine,
    },
    { regex: '(^|/)(renderer|electron|test|sample-dicom)/', message: messages.machine },
    { regex: `^\\.\\./(\\.\\./)*(${scienceFolders.join('|')})/(?!index\\.ts$)`, message: messages.index },
  ];
  if (forbidden.length) {
    patterns.push({ regex: `^\\.\\./(\\.\\./)*(${forbidden.join('|')})/`, message: messages.science(folder, allowed) });
  }
  return {
    files: [`src/${folder}/**/*.ts`],
    ignores: ['src/kernels/assembly/**'],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}

const intoScience = { regex: `src/(${scienceFolders.join('|')})/(?!index\\.ts$)`, message: messages.index };

function screenRules(folder, allowed) {
  const others = ['panels', 'commands', 'viewer', 'worker', 'session', 'main'].filter(
    (name) => name !== folder && !allowed.includes(name),
  );
  const patterns = [
    { regex: '(^|/)electron(/|$)', message: messages.electron },
    { group: ['node:*'], message: 'The screen has no Node: ask the host through HostApi.' },
    intoScience,
    {
      regex: `^\\.\\./(\\.\\./)*(${others.join('|')})(/|\\.tsx?$)`,
      message: `renderer/${folder} may use ${['src', ...allowed].join(', ')}; let main.tsx join the rest.`,
    },
  ];
  if (folder !== 'viewer') patterns.push({ group: screenLibraries, message: messages.viewer });
  return { files: [`renderer/${folder}/**/*.{ts,tsx}`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default tseslint.config(
  { ignores: ['dist/**', '.cache/**', 'node_modules/**', 'src/kernels/assembly/**', 'test/planted/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['error', 'warn'] }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'performance', 'console', 'process', 'Buffer', 'window', 'document'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'src has no chance in it: pass a seeded generator in.' },
      ],
    },
  },
  ...Object.entries(science).map(([folder, allowed]) => scienceRules(folder, allowed)),
  {
    files: ['renderer/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '(^|/)electron(/|$)', message: messages.electron },
            { group: ['node:*'], message: 'The screen has no Node: ask the host through HostApi.' },
            { group: screenLibraries, message: messages.viewer },
            intoScience,
          ],
        },
      ],
    },
  },
  ...Object.entries(screen).map(([folder, allowed]) => screenRules(folder, allowed)),
  {
    files: ['electron/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '(^|/)renderer/', message: messages.electron }, intoScience] },
      ],
      'no-console': 'off',
    },
  },
  { files: ['test/**/*.{ts,tsx}', 'sample-dicom/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly' } },
    rules: { 'no-unused-vars': 'error', 'no-undef': 'error', eqeqeq: 'error' },
  },
);
