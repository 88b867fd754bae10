import { expect, it } from 'vitest';
import { readHeader } from '../../src/dicom/index.ts';
import { writeDicomSlice } from '../support/dicom-fixture.ts';
import { describeWith, runPython } from '../support/needs.ts';

/** Every specific character set of PS3.3 C.12.1.1.2 with a text that needs it; Python's own codecs write the bytes. */
const program = `
import json
single = [
  ('ISO_IR 100', 'latin_1', 'Buñuel^Jérôme'), ('ISO_IR 101', 'iso8859_2', 'Wałęsa^Łukasz'), ('ISO_IR 109', 'iso8859_3', 'Ĉapek^Ġorġ'),
  ('ISO_IR 110', 'iso8859_4', 'Bērziņš^Jānis'), ('ISO_IR 144', 'iso8859_5', 'Люксембург^Роза'), ('ISO_IR 127', 'iso8859_6', 'قباني^لنزار'),
  ('ISO_IR 126', 'iso8859_7', 'Διονύσιος^Άννα'), ('ISO_IR 138', 'iso8859_8', 'שרון^דבורה'), ('ISO_IR 148', 'iso8859_9', 'Çağlar^Işıl'),
  ('ISO_IR 166', 'iso8859_11', 'สมชาย^ใจดี'), ('ISO_IR 13', 'shift_jis', 'ﾔﾏﾀﾞ^ﾀﾛｳ'), ('ISO_IR 192', 'utf-8', 'Ωmega^😀Łukasz'),
  ('GB18030', 'gb18030', '王^小东𠀀'), ('GBK', 'gbk', '珅^俓嘰'),
]
out = [(name, text, list(text.encode(codec))) for name, codec, text in single]
def raw(text, codec, strip):
    return b'^'.join(bytes(strip + [c for c in part.encode(codec)]) for part in text.split('^'))
for name, codec, text, final in [('101', 'iso8859_2', 'Wałęsa^Łukasz', 'B'), ('144', 'iso8859_5', 'Люксембург^Роза', 'L'), ('126', 'iso8859_7', 'Διονύσιος^Άννα', 'F'), ('148', 'iso8859_9', 'Çağlar^Işıl', 'M'), ('100', 'latin_1', 'Äneas^Rüdiger', 'A')]:
    out.append(('\\\\ISO 2022 IR ' + name, text, list(raw(text, codec, [0x1b, 0x2d, ord(final)]))))
jis = lambda text: b'^'.join(part.encode('iso2022_jp') for part in text.split('^'))
jis2 = lambda text: b'^'.join(part.encode('iso2022_jp_2') for part in text.split('^'))
out.append(('\\\\ISO 2022 IR 87', '山田^太郎', list(jis('山田^太郎'))))
out.append(('\\\\ISO 2022 IR 149', '洪^吉洞', list(b'^'.join(b'\\x1b$)C' + part.encode('euc_kr') for part in '洪^吉洞'.split('^')))))
out.append(('\\\\ISO 2022 IR 58', '王^小东', list(b'^'.join(b'\\x1b$)A' + part.encode('gb2312') for part in '王^小东'.split('^')))))
out.append(('\\\\ISO 2022 IR 87\\\\ISO 2022 IR 159', '丂^丄', list(b'^'.join(part.encode('iso2022_jp_1') for part in '丂^丄'.split('^')))))
print(json.dumps(out))
`;

describeWith(['python:numpy'], 'names in every specific character set', () => {
  const cases = JSON.parse(runPython(program)) as (readonly [string, string, readonly number[]])[];

  it.each(cases)('%s', (characterSet, text, bytes) => {
    const file = writeDicomSlice({
      elements: [
        { tag: '00080005', vr: 'CS', value: characterSet },
        { tag: '00100010', vr: 'PN', value: Uint8Array.from(bytes) },
      ],
    });
    const header = readHeader('slice', file, file.length);
    const [family, given] = text.split('^');
    expect(header.ok ? header.value.series.patientName : null).toBe(
      `${family}${/[\u3040-\u30ff\uff66-\uff9d\u4e00-\u9fff\uac00-\ud7a3]/.test(text) ? ' ' : ', '}${given}`,
    );
  });

  it('are all that the standard has', () => expect(cases.length).toBe(23));
});
