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

/** The patient's name in the header of a slice. */
function shownName(characterSet: string, bytes: readonly number[]): string | null {
  const file = writeDicomSlice({
    elements: [
      { tag: '00080005', vr: 'CS', value: characterSet },
      { tag: '00100010', vr: 'PN', value: Uint8Array.from(bytes) },
    ],
  });
  const header = readHeader('slice', file, file.length);
  return header.ok ? header.value.series.patientName : null;
}

/** Family and given name as they are shown, and the ideographic ones in brackets. */
function asShown(text: string): string {
  const [first, second] = text.split('=').map((group) => {
    return group.split('^').join(/[\u3040-\u30ff\uff66-\uff9d\u4e00-\u9fff\uac00-\ud7a3]/.test(group) ? ' ' : ', ');
  });
  return second === undefined ? first! : `${first} (${second})`;
}

describeWith(['python:numpy'], 'names in every specific character set', () => {
  const cases = JSON.parse(runPython(program)) as (readonly [string, string, readonly number[]])[];

  it.each(cases)('%s', (characterSet, text, bytes) => expect(shownName(characterSet, bytes)).toBe(asShown(text)));

  it('are all that the standard has', () => expect(cases.length).toBe(23));
});

/**
 * Names that switch character sets: as the standard wants it, which pydicom reads as well, and as files are found, where a set is not left
 * before a delimiter, not entered again after it, left for Roman letters that are not named, or never entered by an escape.
 */
const switching = `
import json
from pydicom.charset import convert_encodings, decode_bytes
esc = b'\\x1b'
pairs, ascii, roman, korean, chinese, cyrillic = (esc + rest for rest in (b'$B', b'(B', b'(J', b'$)C', b'$)A', b'-L'))
def kanji(text): return text.encode('iso2022_jp')[3:-3]
def read(name, value): return decode_bytes(value, convert_encodings(name.split('\\\\')), {ord('^'), ord('=')})
out = []
def add(name, text, standard, *others):
    assert read(name, standard) == text, (name, text, read(name, standard))
    out.extend([name, text, list(value)] for value in (standard, *others))
for family, given in [('山田', '太郎'), ('俊介', '純'), ('浹子', '十'), ('春日', '淳之介')]:
    f, g = kanji(family), kanji(given)
    alone = b'Aa^Bb=' + pairs + f
    text = 'Aa^Bb=' + family + '^' + given
    add('\\\\ISO 2022 IR 87', text, alone + ascii + b'^' + pairs + g + ascii, alone + b'^' + pairs + g + ascii, alone + b'^' + pairs + g,
        alone + roman + b'^' + pairs + g + roman, alone + ascii + b'^' + pairs + g + b' ')
    out.append(['ISO 2022 IR 87', text, list(alone + ascii + b'^' + pairs + g + ascii)])
add('\\\\ISO 2022 IR 87', 'Aa^Bb=山田^太郎=やまだ^たろう', b'Aa^Bb=' + ascii.join([pairs + kanji('山田'), b'^' + pairs + kanji('太郎'), b'=' + pairs + kanji('やまだ'), b'^' + pairs + kanji('たろう'), b'']),
    b'Aa^Bb=' + pairs + kanji('山田') + b'^' + pairs + kanji('太郎') + b'=' + pairs + kanji('やまだ') + b'^' + pairs + kanji('たろう'),
    b'Aa^Bb=' + pairs + kanji('山田') + b'^' + kanji('太郎') + ascii + b'=' + pairs + kanji('やまだ') + b'^' + kanji('たろう'))
out.append(['ISO 2022 IR 87', 'Yamada^Tarou', list(b'Yamada^Tarou')])
hong, gildong = '홍'.encode('euc_kr'), '길동'.encode('euc_kr')
add('\\\\ISO 2022 IR 149', '홍^길동', korean + hong + b'^' + korean + gildong, korean + hong + b'^' + gildong, hong + b'^' + gildong)
add('\\\\ISO 2022 IR 149', 'Hong^Gildong=홍^길동', b'Hong^Gildong=' + korean + hong + b'^' + korean + gildong, korean + b'Hong^Gildong=' + hong + b'^' + gildong)
add('\\\\ISO 2022 IR 100\\\\ISO 2022 IR 144', 'Люкс^Роза', cyrillic + 'Люкс'.encode('iso8859_5') + b'^' + cyrillic + 'Роза'.encode('iso8859_5'),
    cyrillic + 'Люкс'.encode('iso8859_5') + b'^' + 'Роза'.encode('iso8859_5'))
# What the first set holds comes back after a delimiter: that is the standard, and no slip.
add('ISO 2022 IR 100\\\\ISO 2022 IR 144', 'Люкс^Jérôme', cyrillic + 'Люкс'.encode('iso8859_5') + b'^' + 'Jérôme'.encode('latin_1'))
for value in (chinese + '王'.encode('gb2312') + b'^' + chinese + '小东'.encode('gb2312'), chinese + '王'.encode('gb2312') + b'^' + '小东'.encode('gb2312')):
    out.append(['\\\\ISO 2022 IR 58', '王^小东', list(value)])
print(json.dumps(out))
`;

describeWith(['python:pydicom'], 'names that switch character sets', () => {
  const cases = JSON.parse(runPython(switching)) as (readonly [string, string, readonly number[]])[];

  it.each(cases)('%s: %s', (characterSet, text, bytes) => expect(shownName(characterSet, bytes)).toBe(asShown(text)));
});
