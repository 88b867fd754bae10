import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../src/dicom/index.ts';
import type { SeriesHeader } from '../../src/dicom/index.ts';
import { writeDicomSlice } from '../support/dicom-fixture.ts';
import type { DicomElement } from '../support/dicom-fixture.ts';
import { describeWith, runPython } from '../support/needs.ts';

function seriesOf(...elements: readonly DicomElement[]): SeriesHeader {
  const header = readHeader('slice.dcm', writeDicomSlice({ elements }));
  if (!header.ok) throw new Error(header.error.message);
  return header.value.series;
}

const text = (tag: string, vr: string, value: string): DicomElement => ({ tag, vr, value });

describe('the facts of a header', () => {
  it('are read as what they mean', () => {
    const header = seriesOf(
      text('00100010', 'PN', 'Curie^Maria^Salomea^Prof.^PhD'),
      text('00100030', 'DA', '18671107'),
      text('00100040', 'CS', 'F'),
      text('00101020', 'DS', '1.725'),
      text('00101030', 'DS', '61.5'),
      text('00080022', 'DA', '2024.02.29'),
      text('00180010', 'LO', 'Iomeprol 400'),
      text('00281050', 'DS', '60\\40'),
      text('00281051', 'DS', '350\\1500'),
    );
    expect(header).toMatchObject({
      modality: 'CT',
      description: 'Portal venous',
      seriesNumber: 7,
      patientName: 'Curie, Prof. Maria Salomea, PhD',
      patientId: 'P-0042',
      patientBirthDate: '1867-11-07',
      patientSex: 'F',
      patientHeightCm: 172.5,
      patientWeightKg: 61.5,
      studyDate: '2024-02-29',
      acquisitionDate: '2024-02-29',
      contrastAgent: 'Iomeprol 400',
      window: { centre: 60, width: 350 },
    });
  });

  it('are null where they are absent, empty or impossible', () => {
    const header = seriesOf(
      text('00100010', 'PN', ''),
      text('00100020', 'LO', ''),
      text('00100030', 'DA', '20230229'),
      text('00101020', 'DS', '172'),
      text('00101030', 'DS', '0'),
      text('00080020', 'DA', '20241301'),
      text('00281050', 'DS', '40'),
      text('00281051', 'DS', '0'),
      { tag: '0008103E', vr: 'LO', value: null },
    );
    expect(header).toMatchObject({
      description: null,
      patientName: null,
      patientId: null,
      patientBirthDate: null,
      patientHeightCm: null,
      patientWeightKg: null,
      studyDate: null,
      window: null,
    });
  });

  it.each(['explicit', 'implicit'] as const)(
    'are found behind elements of 64-bit whole numbers: %s',
    (transferSyntax) => {
      const words = (count: number) => new Uint8Array(8 * count).fill(0x11);
      const inside = [
        { tag: '00082228', vr: 'LO', value: 'before' },
        { tag: '00720082', vr: 'SV', value: words(3) },
        { tag: '00720083', vr: 'UV', value: words(1) },
      ];
      const elements = [
        { tag: '00082112', vr: 'SQ', value: [inside, inside] },
        { tag: '00089459', vr: 'OV', value: words(5) },
        { tag: '00189999', vr: 'UV', value: words(2) },
        { tag: '00280301', vr: 'SV', value: words(1) },
      ];
      const slice = { rows: 7, columns: 5, intercept: -1017, transferSyntax };
      const plain = readHeader('slice', writeDicomSlice(slice));
      const wide = readHeader('slice', writeDicomSlice({ ...slice, elements }));
      if (!plain.ok || !wide.ok) throw new Error('unread');
      expect({ ...wide.value, pixels: null }).toEqual({ ...plain.value, pixels: null });
      expect(wide.value.pixels.length).toBe(70);
      expect(wide.value.pixels.offset).toBeGreaterThan(plain.value.pixels.offset + 64);
    },
  );

  it.each<readonly [string, string | null, string, string]>([
    ['Latin-1 where no set is given', null, 'latin1', 'Müller, Jörg'],
    ['UTF-8 where no set is given', null, 'utf8', 'Müller, Jörg'],
    ['UTF-8 where Latin-1 is claimed', 'ISO_IR 100', 'utf8', 'Müller, Jörg'],
    ['Latin-1 under a misspelt name', 'ISO-IR 100', 'latin1', 'Müller, Jörg'],
    ['Latin-1 under another misspelt name', 'iso ir 100', 'latin1', 'Müller, Jörg'],
    ['Latin-1 where UTF-8 is claimed', 'ISO_IR 192', 'latin1', 'Müller, Jörg'],
    ['Latin-1 under a name nobody knows', 'KLINGON', 'latin1', 'Müller, Jörg'],
  ])('are read as what they can only be: %s', (_title, set, coding, name) => {
    const value = new Uint8Array(Buffer.from('Müller^Jörg', coding as BufferEncoding));
    const named = { tag: '00100010', vr: 'PN', value };
    const { patientName } = seriesOf({ tag: '00080005', vr: 'CS', value: set }, named);
    expect(patientName).toBe(name);
  });

  it('hold nothing that a terminal would obey', () => {
    const described = text('0008103E', 'LO', 'Liver\u001b[2J\u0007 2.0');
    expect(seriesOf(described).description).toBe('Liver[2J 2.0');
  });

  it('keep a name whose character set is misspelt', () => {
    expect(seriesOf(text('00080005', 'CS', 'ISO-8859-99'), text('00100010', 'PN', 'Nowak^Jan')).patientName).toBe(
      'Nowak, Jan',
    );
  });
});

const characterFiles = `
import os, sys, json, pydicom, pydicom.data
folder = os.path.join(os.path.dirname(pydicom.data.__file__), 'charset_files')
names = {}
for name in sorted(os.listdir(folder)):
    if name.endswith('.dcm'):
        d = pydicom.dcmread(os.path.join(folder, name), force=True)
        if 'PatientName' in d and str(d.PatientName):
            d.decode()
            charset = d.get('SpecificCharacterSet', '')
            raw = d.PatientName.original_string
            names[name] = [charset if isinstance(charset, str) else '\\\\'.join(charset), list(raw), d.PatientName.components]
print(json.dumps(names))
`;

describeWith(['python:pydicom'], "names in the character sets of pydicom's test files", () => {
  it('are decoded as pydicom decodes them', () => {
    const files = JSON.parse(runPython(characterFiles)) as Record<string, [string, number[], string[]]>;
    expect(Object.keys(files).length).toBeGreaterThanOrEqual(12);
    for (const [name, [characterSet, bytes, components]] of Object.entries(files)) {
      const { patientName } = seriesOf(text('00080005', 'CS', characterSet), {
        tag: '00100010',
        vr: 'PN',
        value: Uint8Array.from(bytes),
      });
      // The display form keeps the words of the alphabetic and the ideographic group, without carets.
      for (const group of components.slice(0, 2)) {
        for (const word of group.split('^').map((part) => part.trim())) {
          expect(patientName, name).toContain(word);
        }
      }
      expect(patientName, name).not.toContain('\u001b');
      expect(patientName, name).not.toContain('\ufffd');
    }
  });
});

const testFiles = `
import os, json, pydicom, pydicom.data
folder = os.path.join(os.path.dirname(pydicom.data.__file__), 'test_files')
print(json.dumps(folder))
`;

describeWith(['python:pydicom'], "pydicom's own test files", () => {
  it('are read or refused by name, never thrown on, and their headers agree', () => {
    const folder = JSON.parse(runPython(testFiles)) as string;
    const outcomes = new Map<string, string>();
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.dcm'))) {
      const bytes = new Uint8Array(readFileSync(join(folder, name)));
      const header = readHeader(name, bytes, bytes.length);
      outcomes.set(name, header.ok ? header.value.series.modality : header.error.code);
    }
    expect(outcomes.size).toBeGreaterThan(50);
    expect(Object.fromEntries(outcomes)).toMatchObject({
      'CT_small.dcm': 'CT',
      'MR_small.dcm': 'MR',
      'MR_small_implicit.dcm': 'MR',
      'MR_small_bigendian.dcm': 'MR',
      'MR_truncated.dcm': 'MR',
      'JPEG2000.dcm': 'NM',
      'rtstruct.dcm': 'not_an_image',
      'rtplan.dcm': 'not_an_image',
      'test-SR.dcm': 'not_an_image',
    });
  });
});
