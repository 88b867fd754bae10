import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { loadFolder } from '../../electron/cli/folder.ts';
import { projectRoot } from '../support/needs.ts';
import { loadingPeers } from './loading-peers.ts';
import { clockBoth, compare } from './timing.ts';
import type { Contender, Took } from './timing.ts';

/** What a process that loads a series once tells: milliseconds without its start, memory in MiB, and the SHA-256 of the voxels. */
export interface LoadedOnce {
  readonly took: number;
  readonly processorMs: number;
  readonly peakMiB: number;
  readonly voxelsMiB: number;
  readonly digest: string;
}

/** Loads the series of a folder in a process of its own. */
export function loadOnce(folder: string): LoadedOnce {
  const { stdout, stderr } = spawnSync(process.execPath, [join(projectRoot, 'test/bench/load-once.mjs'), folder], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as LoadedOnce;
}

interface Program {
  readonly loadFolder: typeof loadFolder;
}

/**
 * Ours in two ways: in a fresh process whose start is left out, as it is of VTK and pydicom, and again and again in one, as the engine
 * runs it when it knows the code.
 */
async function ourLoading(folder: string): Promise<Contender[]> {
  // Builds it where that is needed.
  loadOnce(folder);
  const program = (await import(join(projectRoot, 'dist', 'cli', 'folder.js'))) as Program;
  return [
    {
      name: 'Remnant',
      run: () => {
        const { took, processorMs } = loadOnce(folder);
        return { ms: took, processorMs };
      },
    },
    {
      name: 'Remnant, again in one process',
      run: () => clockBoth(async () => program.loadFolder(folder, null)),
    },
  ];
}

const plainRead = `
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
int main(int count, char **words) {
  struct timespec a, b, c, d;
  struct dirent *entry;
  struct stat facts;
  char path[4096], *room = malloc(1L << 31);
  long at = 0, got;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &c);
  clock_gettime(CLOCK_MONOTONIC, &a);
  DIR *folder = opendir(words[1]);
  while ((entry = readdir(folder))) {
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "%s/%s", words[1], entry->d_name);
    int file = open(path, O_RDONLY);
    fstat(file, &facts);
    while ((got = read(file, room + at, facts.st_size)) > 0) at += got;
    close(file);
  }
  clock_gettime(CLOCK_MONOTONIC, &b);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &d);
  printf("%f %f", (b.tv_sec - a.tv_sec) * 1e3 + (b.tv_nsec - a.tv_nsec) / 1e6, (d.tv_sec - c.tv_sec) * 1e3 + (d.tv_nsec - c.tv_nsec) / 1e6);
}`;

/** Nothing but the bytes of all files into fresh memory, by a C program: what no loader can beat by much. Empty without a compiler. */
function plainReading(folder: string): Contender[] {
  const place = mkdtempSync(join(tmpdir(), 'remnant-read-'));
  process.on('exit', () => rmSync(place, { recursive: true, force: true }));
  writeFileSync(join(place, 'read.c'), plainRead);
  const program = join(place, 'read');
  if (spawnSync('cc', ['-O2', '-o', program, join(place, 'read.c')]).status !== 0) return [];
  const run = (): Took => {
    const [ms, processorMs] = spawnSync(program, [folder], { encoding: 'utf8' }).stdout.split(' ').map(Number);
    return { ms: ms!, processorMs: processorMs! };
  };
  return [{ name: 'plain read in C', run }];
}

/** Loads a folder of one series, warm, beside its peers in one run; who finds other voxels than Remnant ends it. */
export async function compareLoading(what: string, folder: string, rounds = 5): Promise<void> {
  const { digest } = loadOnce(folder);
  const peers = loadingPeers(folder, digest);
  const contenders = [...(await ourLoading(folder)), ...plainReading(folder), ...peers];
  await compare(`Loading ${what}, warm (ours includes the fingerprint)`, contenders, rounds);
  console.log(
    `  The same voxels, each of them, as ${peers.map(({ name }) => name).join(', ') || 'nobody: no peer is installed'}`,
  );
  printMemory(folder);
}

/** Prints the peak of memory of one load beside what its voxels take. */
function printMemory(folder: string): void {
  const { peakMiB, voxelsMiB } = loadOnce(folder);
  console.log(`  Memory at its peak ${peakMiB.toFixed(0)} MiB, of which voxels ${voxelsMiB.toFixed(0)} MiB`);
}
