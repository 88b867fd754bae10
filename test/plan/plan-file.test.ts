import { readdirSync, readFileSync } from 'node:fs';
import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createGrid, direction, sameGrid, worldPoint } from '../../src/geometry/index.ts';
import type { Cut } from '../../src/liver/index.ts';
import { checkMasks, checkSeries, createPlan, openPlan, savePlan } from '../../src/plan/index.ts';
import type { Plan, PlanFile } from '../../src/plan/index.ts';
import { describeWith, runPython } from '../support/needs.ts';
import { madeGrid, madeLabels, madePlan } from './made-plan.ts';

function text(bytes: Uint8Array): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}

function opened(bytes: Uint8Array): PlanFile {
  const outcome = openPlan(bytes);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

function refusal(value: unknown): string {
  const outcome = openPlan(bytesOf(value));
  return outcome.ok ? 'opened' : `${outcome.error.code}: ${outcome.error.message}`;
}

const labels = madeLabels((offset) => (offset > 30 && offset < 90 ? (offset % 11 === 0 ? 16 : 1) : 0));
const stored = text(savePlan(madePlan(), labels));

const coordinate = fc.double({ min: -4000, max: 4000, noNaN: true }).map((value) => value + 0);
const planeCut: fc.Arbitrary<Cut> = fc
  .record({
    point: fc.tuple(coordinate, coordinate, coordinate),
    normal: fc.tuple(coordinate, coordinate, coordinate).filter((normal) => Math.hypot(...normal) > 1e-3),
    resect: fc.constantFrom('positive' as const, 'negative' as const),
  })
  .map(({ point, normal, resect }): Cut => ({
    kind: 'plane',
    point: worldPoint(...point),
    normal: direction(...normal),
    resect,
  }));
const cuts = fc.array(
  fc.oneof(
    planeCut,
    fc.array(planeCut, { minLength: 1, maxLength: 3 }).map((all): Cut => ({ kind: 'all', cuts: all })),
  ),
  { maxLength: 4 },
);

describe('a plan file', () => {
  it('gives back exactly what was saved', () => {
    const file = opened(savePlan(madePlan(), labels));
    expect(file.plan).toEqual(madePlan());
    expect(file.cuts).toEqual(madePlan().cuts);
    expect(file.masks!.values).toEqual(labels.values);
    expect(sameGrid(file.masks!.grid, madeGrid, 1e-9)).toBe(true);
  });

  it('gives back random cuts, fields and labels to the last bit', () => {
    const plan: fc.Arbitrary<Plan> = fc
      .record({
        cuts,
        heightCm: fc.option(fc.double({ min: 0.1, max: 300, noNaN: true })),
        weightKg: fc.option(fc.double({ min: 0.1, max: 300, noNaN: true })),
        parenchyma: fc.constantFrom(
          'normal' as const,
          'chemotherapy' as const,
          'cirrhosis' as const,
          'unknown' as const,
        ),
        phase: fc.constantFrom('portal-venous' as const, 'other' as const, null),
        confirmed: fc.subarray(['inflow', 'outflow', 'bile', 'segments', 'slice_spacing'] as const),
        plannedBy: fc.option(fc.string({ unit: 'grapheme' })),
      })
      .map((parts) => ({ ...createPlan({ seriesInstanceUid: '1.9', fingerprint: 'f', description: null }), ...parts }));
    const values = fc
      .uint8Array({ minLength: 140, maxLength: 140 })
      .map((all) => all.map((value) => [0, 0, 1, 2, 3, 4, 16, 255][value % 8]!));
    fc.assert(
      fc.property(plan, values, (made, painted) => {
        const file = opened(savePlan(made, { grid: madeGrid, values: painted }));
        // −0 is written as 0; nothing else may change.
        expect(file.plan).toEqual(JSON.parse(JSON.stringify(made)));
        expect(file.masks!.values).toEqual(painted);
      }),
      { seed: 65_537, numRuns: 200 },
    );
  });

  it('keeps version and cuts at the top, where a bare plan has them', () => {
    expect(stored).toMatchObject({ format: 'remnant-plan', version: 1, cuts: madePlan().cuts });
  });

  it('is the same bytes for the same plan', () => {
    expect(savePlan(madePlan(), labels)).toEqual(savePlan(madePlan(), labels));
  });

  it('is small: a long run of one label takes a few bytes', () => {
    const grid = createGrid({
      size: [300, 200, 100],
      spacing: [1, 2, 3],
      origin: [0, 0, 0],
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    const values = new Uint8Array(6_000_000).fill(1, 300, 5_999_999);
    const bytes = savePlan(createPlan({ seriesInstanceUid: '1.9', fingerprint: 'f', description: null }), {
      grid,
      values,
    });
    expect(bytes.length).toBeLessThan(2000);
    // Compared as bytes: a matcher walks six million elements one by one.
    expect(Buffer.compare(opened(bytes).masks!.values, values)).toBe(0);
  });
});

describe('a bare list of cuts', () => {
  it('opens without series and masks, and makes normals unit', () => {
    const file = opened(
      bytesOf({ version: 1, cuts: [{ kind: 'plane', point: [1, 2, 3], normal: [0, 3, 4], resect: 'negative' }] }),
    );
    expect(file).toEqual({
      cuts: [{ kind: 'plane', point: [1, 2, 3], normal: [0, 0.6, 0.8], resect: 'negative' }],
      plan: null,
      masks: null,
    });
    expect(checkSeries(file, { seriesInstanceUid: '1', fingerprint: 'x' }).ok).toBe(true);
    expect(checkMasks(file, madeGrid)).toEqual({ ok: true, value: null });
  });
});

describe('the series of a plan', () => {
  const file = opened(savePlan(madePlan(), labels));
  const own = { seriesInstanceUid: '1.2.826.0.1.17', fingerprint: 'a1b2c3' };

  it('is accepted when UID and fingerprint agree, refused otherwise', () => {
    const code = (series: typeof own) => {
      const outcome = checkSeries(file, series);
      return outcome.ok ? 'ok' : outcome.error.code;
    };
    expect(code(own)).toBe('ok');
    expect(code({ ...own, seriesInstanceUid: '1.2.826.0.1.71' })).toBe('plan_other_series');
    expect(code({ ...own, fingerprint: 'a1b2c4' })).toBe('plan_other_series');
    // Of another length it says nothing; the grid of the masks still must be the series' own.
    expect(code({ ...own, fingerprint: 'a1b2c4d5' })).toBe('ok');
    expect(code({ seriesInstanceUid: '1.2', fingerprint: 'a1b2c4d5' })).toBe('plan_other_series');
  });

  it('must have the grid of the masks', () => {
    const right = checkMasks(file, madeGrid);
    expect(right.ok && right.value?.grid).toBe(madeGrid);
    const swapped = createGrid({ ...madeGrid, size: [5, 7, 4] });
    const moved = createGrid({ ...madeGrid, origin: [-117.3, 42.9, -311.2] });
    for (const grid of [swapped, moved]) {
      expect(checkMasks(file, grid)).toMatchObject({ ok: false, error: { code: 'plan_masks_mismatch' } });
    }
  });
});

describe('plans that must be refused', () => {
  const folder = new URL('./rejected/', import.meta.url);
  // The name begins with the expected code; what follows the double dash says what is wrong.
  const names = readdirSync(folder).sort();

  it.each(names)('%s', (name) => {
    const [code, rest] = name.split('--');
    expect(rest).toBeDefined();
    const message = refusal(readFileSync(new URL(name, folder), 'utf8'));
    expect(message.split(': ')[0]).toBe(code);
    expect(message).toMatch(/\.$/);
  });

  it('are all there', () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  it('say where the fault is', () => {
    const cut = { kind: 'plane', point: [1, 2, 3], normal: [0, 0, 1], resect: 'positive' };
    expect(refusal({ version: 1, cuts: [cut, { ...cut, normal: [0, 0, 0] }] })).toContain('At cuts[1].normal: ');
    expect(refusal({ version: 1, cuts: [{ kind: 'all', cuts: [cut, { ...cut, point: [1, null, 3] }] }] })).toContain(
      'At cuts[0].cuts[1].point[1]: expected a finite number, got null',
    );
    expect(
      refusal('{"version":1,"cuts":[{"kind":"plane","point":[1,2,-Infinity],"normal":[0,0,1],"resect":"positive"}]}'),
    ).toContain('At cuts[0].point[2]: expected a finite number, got -Infinity');
    expect(refusal({ ...stored, segmentation: { ...(stored['segmentation'] as object), edited: 'no' } })).toContain(
      'At segmentation.edited: ',
    );
  });

  it('include cuts so deep that reading them by recursion would fail', () => {
    const deep = `${'{"kind":"all","cuts":['.repeat(3000)}${']}'.repeat(3000)}`;
    expect(refusal(`{"version":1,"cuts":[${deep}]}`)).toContain('plan_invalid: At cuts: cuts lie more than 16 deep');
  });

  it('include bytes that are no text', () => {
    const outcome = openPlan(Uint8Array.of(0x7b, 0xff, 0xfe, 0x00));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'plan_broken' } });
  });

  it('include every whole plan with a field left out', () => {
    for (const field of Object.keys(stored).filter((name) => name !== 'format')) {
      const rest = Object.fromEntries(Object.entries(stored).filter(([name]) => name !== field));
      expect([field, refusal(rest).split(':')[0]]).toEqual([field, 'plan_invalid']);
    }
  });
});

describe('damaged masks', () => {
  const masks = stored['masks'] as { data: string; checksum: string; grid: { size: number[] } };
  const withMasks = (change: object) => refusal({ ...stored, masks: { ...masks, ...change } });

  it('are refused wherever one character is changed', () => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    let caught = 0;
    for (let place = 0; place < masks.data.replace(/=+$/, '').length; place += 1) {
      const other = digits[(digits.indexOf(masks.data[place]!) + 7) % 64]!;
      const data = masks.data.slice(0, place) + other + masks.data.slice(place + 1);
      const outcome = openPlan(bytesOf({ ...stored, masks: { ...masks, data } }));
      // A changed bit after the end of the deflate stream changes no voxel: then the masks must be the same.
      if (outcome.ok) expect(outcome.value.masks!.values).toEqual(labels.values);
      else {
        expect(outcome.error.code).toBe('plan_broken');
        caught += 1;
      }
    }
    expect(caught).toBeGreaterThan(masks.data.length * 0.9);
  });

  it('are refused when cut short, of another length, or with another checksum', () => {
    expect(withMasks({ data: masks.data.slice(0, -4) })).toMatch(/^plan_broken/);
    expect(withMasks({ data: masks.data.slice(0, -1) })).toMatch(/^plan_broken/);
    expect(withMasks({ data: '' })).toMatch(/^plan_broken/);
    expect(withMasks({ checksum: '00000000' })).toContain('do not match their checksum');
    expect(withMasks({ grid: { ...masks.grid, size: [7, 5, 5] } })).toContain('do not fill their grid');
    expect(withMasks({ grid: { ...masks.grid, size: [2000, 2000, 2000] } })).toMatch(/^plan_invalid/);
    expect(withMasks({ grid: { ...masks.grid, size: [7, 5, 3.5] } })).toMatch(/^plan_invalid/);
    expect(
      withMasks({
        grid: {
          ...masks.grid,
          axes: [
            [1, 0, 0],
            [1, 0, 0],
            [0, 0, 1],
          ],
        },
      }),
    ).toMatch(/^plan_invalid/);
  });

  it('are refused when runs are broken, though checksum and compression are right', () => {
    // label, then length: ends inside a run; a run of nothing; a length beyond any volume.
    for (const runs of [
      [0, 0x8c],
      [0, 0],
      [0, 255, 255, 255, 255, 255, 127],
    ]) {
      const data = Buffer.from(deflateSync(Uint8Array.from(runs))).toString('base64');
      expect(withMasks({ data, checksum: crc32(runs) })).toContain('do not fill their grid');
    }
    const whole = Buffer.from(deflateSync(Uint8Array.of(0, 0x8c, 1))).toString('base64');
    expect(withMasks({ data: whole, checksum: crc32([0, 0x8c, 1]) })).toBe('opened');
  });

  it('are refused when a label has no meaning', () => {
    const odd = text(
      savePlan(
        madePlan(),
        madeLabels((offset) => (offset === 77 ? 9 : 1)),
      ),
    );
    expect(refusal(odd)).toContain('label 9 has no meaning');
  });
});

describeWith(['python:numpy'], 'the masks as another program reads them', () => {
  it('hold the labels, by Python’s own base64, zlib and CRC', () => {
    const program = `
import sys, json, base64, zlib
masks = json.loads(sys.argv[1])['masks']
runs = zlib.decompress(base64.b64decode(masks['data'], validate=True), -15)
assert format(zlib.crc32(runs), '08x') == masks['checksum']
out, at = [], 0
while at < len(runs):
    label, at, length, shift = runs[at], at + 1, 0, 0
    while True:
        part, at = runs[at], at + 1
        length |= (part & 127) << shift
        shift += 7
        if part < 128: break
    out += [label] * length
print(json.dumps(out))`;
    const made = madeLabels((offset) => (offset > 3 ? 16 + (offset % 17 === 0 ? 1 : 0) : 0));
    const read = runPython(program, new TextDecoder().decode(savePlan(madePlan(), made)));
    expect(JSON.parse(read)).toEqual([...made.values]);
  });
});

describe('under a strict content security policy', () => {
  it('no schema compiles code at run time', async () => {
    const compiled = vi.fn(() => {
      throw new EvalError('unsafe-eval');
    });
    vi.resetModules();
    const real = globalThis.Function;
    vi.stubGlobal('Function', new Proxy(real, { construct: compiled, apply: compiled }));
    try {
      const fresh = await import('../../src/plan/index.ts');
      const assessment = await import('../../src/assessment/index.ts');
      expect(fresh.openPlan(bytesOf(stored)).ok).toBe(true);
      expect(assessment.ruleBase.thresholds.length).toBeGreaterThan(20);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(compiled).not.toHaveBeenCalled();
  });
});

/** CRC-32 bit by bit, as a second way to it. */
function crc32(bytes: readonly number[]): string {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ((value ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
