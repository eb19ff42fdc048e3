import { expect, test } from 'vitest'
import { shielded } from './shielded.ts'

const plan = 'format: { kind: text }\ncolumns:\n  line: { type: text, do: text }\n'
const json = 'format: { kind: ndjson }\ncolumns:\n  a: { type: text, do: text }\n'

const units: readonly string[] = [
  '1',
  '@',
  ':',
  ' ',
  'A',
  'a',
  '.',
  '-',
  '+',
  '/',
  '0 ',
  '1-',
  '1.',
  'a.',
  'a@',
  '@a.',
  'a.b@c.',
  'a:',
  ':1',
  '::',
  '+49 ',
  '(0) ',
  'DE',
  'DE02 ',
  'Ab ',
  'A. ',
  'Dr. ',
  'Herr ',
  'von ',
  'http://',
  'x=',
  'eyJ',
  'eyJ.',
  '%40',
  '\u00ad',
  '1.1.',
  'ff:',
  'AB-',
  '1984-',
  '12.',
  'str. 1 ',
  '-----BEGIN ',
  'key=',
  '\u00e4',
  'Name: ',
  '"',
  "'",
  '\\',
  '\u0000',
]

async function spent(text: string, kind: string): Promise<number> {
  const before = process.cpuUsage()
  await shielded(text, kind)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const LENGTH = 40_000

/** Four times as long takes about four times the time; squared it would be sixteen. A start of some milliseconds is forgiven. */
test.each(units)('time grows with the length alone: %j', async (unit) => {
  const line = (length: number) => unit.repeat(Math.ceil(length / unit.length))
  let best = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 3 && best > 9; turn += 1) {
    const short = await spent(`${line(LENGTH)}\n`, plan)
    const long = await spent(`${line(4 * LENGTH)}\n`, plan)
    best = Math.min(best, long / (short + 15))
  }
  expect(best).toBeLessThan(9)
})

test.each(['\\u0041', '\\\\', '\\"', 'a@b.'])('within JSON strings as well: %j', async (unit) => {
  const line = (length: number) => `{"a":"${unit.repeat(Math.ceil(length / unit.length))}"}\n`
  const short = await spent(line(LENGTH), json)
  const long = await spent(line(4 * LENGTH), json)
  expect(long / (short + 15)).toBeLessThan(9)
})
