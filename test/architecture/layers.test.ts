import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../support/needs.ts';

const eslint = new ESLint({
  cwd: projectRoot,
  // The planted files do not exist, so rules that need types are off; the rules under test need none.
  overrideConfig: [
    { files: ['**/*.{ts,tsx}'], ...tseslint.configs.disableTypeChecked },
    { files: ['**/*.{ts,tsx}'], languageOptions: { parserOptions: { projectService: false, project: false } } },
  ],
});

async function complaints(file: string, text: string): Promise<readonly string[]> {
  const results = await eslint.lintText(text, { filePath: join(projectRoot, file) });
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${String(ruleId)}: ${message}`));
}

describe('the layers, held by lint', () => {
  const planted: readonly (readonly [file: string, text: string, because: RegExp])[] = [
    ['src/geometry/planted.ts', "export * from '../volume/index.ts';", /src\/geometry may only use/],
    ['src/liver/planted.ts', "export * from '../assessment/index.ts';", /src\/liver may only use/],
    ['src/liver/planted.ts', "export * from '../dicom/index.ts';", /src\/liver may only use/],
    ['src/liver/planted.ts', "export * from '../volume/patch.ts';", /through its index/],
    ['src/plan/planted.ts', "import 'node:fs';", /src knows no machine/],
    ['src/report/planted.ts', "import 'react';", /src knows no machine/],
    ['src/volume/planted.ts', "import '@kitware/vtk.js/Common/Core/MatrixBuilder.js';", /src knows no machine/],
    ['src/dicom/planted.ts', "export * from '../../renderer/session.ts';", /src knows no machine/],
    ['src/segmentation/planted.ts', 'export const chance = Math.random();', /no chance/],
    ['src/assessment/planted.ts', 'export const now = Date.now();', /no-restricted-globals/],
    ['renderer/panels/planted.tsx', "import '@cornerstonejs/core';", /Only renderer\/viewer/],
    ['renderer/panels/planted.tsx', "export * from '../viewer/index.ts';", /renderer\/panels may use/],
    ['renderer/commands/planted.ts', "export * from '../panels/start.tsx';", /renderer\/commands may use/],
    ['renderer/worker/planted.ts', "export * from '../session.ts';", /renderer\/worker may use/],
    ['renderer/viewer/planted.ts', "import 'node:path';", /no Node/],
    ['renderer/panels/planted.tsx', "export * from '../../src/volume/patch.ts';", /through its index/],
    ['renderer/planted.ts', "export * from '../electron/services/index.ts';", /meet only in src\/boundary/],
    ['electron/app/planted.ts', "export * from '../../renderer/session.ts';", /meet only in src\/boundary/],
    ['electron/cli/planted.ts', "export * from '../../src/liver/measure.ts';", /through its index/],
  ];

  it.each(planted)('%s: %s', async (file, text, because) => {
    expect((await complaints(file, text)).join('\n')).toMatch(because);
  });

  it('lets through what is allowed', async () => {
    const allowed = [
      ['src/liver/planted.ts', "export * from '../volume/index.ts';"],
      ['src/boundary/planted.ts', "export * from '../report/index.ts';"],
      ['renderer/viewer/planted.ts', "import '@cornerstonejs/core';\nexport * from '../session.ts';"],
      ['renderer/commands/planted.ts', "export * from '../session.ts';\nexport * from '../../src/plan/index.ts';"],
      ['electron/services/planted.ts', "import 'node:fs';\nexport * from '../../src/plan/index.ts';"],
    ] as const;
    for (const [file, text] of allowed) expect(await complaints(file, text)).toEqual([]);
  });
});

describe('the layers, held by the compiler', () => {
  const config = ts.readConfigFile(join(projectRoot, 'src/tsconfig.json'), (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, join(projectRoot, 'src'));
  const name = join(projectRoot, 'src/planted.ts');
  const text = [
    "import 'node:fs';",
    'export const a = document.title;',
    'export const b = setTimeout(() => 0, 1);',
    'export const c = process.argv;',
    'export const d = window.location;',
    "export const e = Buffer.from('');",
    'export const f = performance.now();',
    'export const g: number = new TextEncoder().encode("ß").length;',
  ].join('\n');
  const host = ts.createCompilerHost(parsed.options);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language) =>
    path === name ? ts.createSourceFile(path, text, language, true) : readSource(path, language);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (path) => path === name || fileExists(path);
  // All of src is in the program, and with it every dependency: one whose types bring Node's along would undo the net silently.
  const program = ts.createProgram([...parsed.fileNames, name], { ...parsed.options, noEmit: true }, host);
  const planted = program.getSourceFile(name);
  const lines = program
    .getSemanticDiagnostics(planted)
    .map(({ start }) => planted!.getLineAndCharacterOfPosition(start!).line);

  it.each([
    ['node:fs', 0],
    ['document', 1],
    ['setTimeout', 2],
    ['process', 3],
    ['window', 4],
    ['Buffer', 5],
    ['performance', 6],
  ])('%s does not compile in src', (_what, line) => {
    expect(lines).toContain(line);
  });

  it('what every host has does', () => {
    expect(lines).not.toContain(7);
  });
});
