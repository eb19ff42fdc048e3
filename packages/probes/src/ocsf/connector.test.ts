import { closeSync, mkdtempSync, openSync, rmSync, utimesSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import type { Reading } from '../engine/reading.ts'
import { testContext } from '../testing/servers.ts'
import { ocsf } from './connector.ts'
import type { OcsfFacts } from './facts.ts'
import { readResult } from './result.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-ocsf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, content: object | string) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  utimesSync(path, new Date('2026-11-19T00:00:00Z'), new Date('2026-11-19T00:00:00Z'))
  return path
}
const look = (path: string) => collect(ocsf, { path }, testContext())
const group = <K extends keyof OcsfFacts>(reading: Reading, name: K) => {
  const one = reading.read === 'ok' ? reading.facts[name] : undefined
  if (one?.read !== 'ok') throw new Error(JSON.stringify(one ?? reading))
  return { facts: one.facts as OcsfFacts[K], complete: one.complete }
}
const why = (reading: Reading) => {
  const one = reading.read === 'ok' ? reading.facts['controls'] : reading
  return one?.read === 'no' ? one.why : one?.complete === false ? 'incomplete' : 'seen'
}

/** As the standard has it. */
const compliance = (control: string, status: number, more: object = {}) => ({
  activity_id: 1,
  category_uid: 2,
  class_uid: 2003,
  type_uid: 200301,
  time: 1_795_176_000_000,
  severity_id: 4,
  status_id: 1,
  metadata: { version: '1.5.0', product: { name: 'Scanner', vendor_name: 'Example', version: '2.1' } },
  finding_info: { uid: 'f1', title: 'never kept' },
  compliance: { control, standards: ['CIS'], status_id: status },
  ...more,
})

/** As Prowler writes it: a Detection Finding, the result in the status code, the time in seconds. */
const prowler = (check: string, status: string, more: object = {}) => ({
  message: 'never kept',
  metadata: {
    event_code: check,
    product: { name: 'Prowler', uid: 'prowler', vendor_name: 'Prowler', version: '5.13.0' },
    profiles: ['cloud', 'datetime'],
    version: '1.5.0',
  },
  severity_id: 3,
  severity: 'Medium',
  status: 'New',
  status_code: status,
  status_detail: 'never kept',
  status_id: 1,
  unmapped: { compliance: { 'CIS-3.0': ['2.1.4'] } },
  activity_name: 'Create',
  activity_id: 1,
  finding_info: { created_time: 1_795_176_000, title: 'A title', uid: `prowler-aws-${check}` },
  resources: [
    { cloud_partition: 'aws', region: 'eu-central-1', name: 'bucket', uid: 'arn:aws:s3:::bucket', type: 'AwsS3Bucket' },
  ],
  category_uid: 2,
  class_uid: 2004,
  type_uid: 200_401,
  time: 1_795_176_000,
  ...more,
})

describe('results', () => {
  it('of any tool are counted by control', async () => {
    const records = [
      compliance('A', 1),
      compliance('A', 3),
      compliance('A', 2),
      compliance('B', 3, { status_id: 3 }),
      compliance('B', 0, { severity_id: 99, compliance: { control: 'B', status: 'Pass' } }),
      { class_uid: 3002, time: 1 },
    ]
    const reading = await look(write('scan.ndjson', records.map((one) => JSON.stringify(one)).join('\n')))
    expect(group(reading, 'report')).toEqual({
      facts: { producer: 'Scanner 2.1', at: '2026-11-20T12:00:00.000Z', results: 5, others: 1 },
      complete: true,
    })
    expect(group(reading, 'controls').facts).toEqual([
      { control: 'A', severity: 'high', pass: 1, fail: 1, unknown: 1, suppressed: 0 },
      { control: 'B', severity: 'high', pass: 1, fail: 0, unknown: 0, suppressed: 1 },
    ])
    expect(JSON.stringify(reading)).not.toContain('never kept')
  })

  it('of Prowler are counted by check, with its seconds and words', async () => {
    const records = [
      prowler('s3_public', 'PASS'),
      prowler('s3_public', 'FAIL'),
      prowler('iam_review', 'MANUAL'),
      prowler('s3_public', 'FAIL', { status_id: 3, status: 'Suppressed' }),
      prowler('iam_review', 'MUTED', { time_dt: '2026-11-21T10:00:00.123456' }),
    ]
    const reading = await look(write('prowler.ocsf.json', JSON.stringify(records, null, 4)))
    expect(group(reading, 'report').facts).toEqual({
      producer: 'Prowler 5.13.0',
      at: '2026-11-21T10:00:00.123Z',
      results: 5,
      others: 0,
    })
    expect(group(reading, 'controls').facts).toEqual([
      { control: 's3_public', severity: 'medium', pass: 1, fail: 1, unknown: 0, suppressed: 1 },
      { control: 'iam_review', severity: 'medium', pass: 0, fail: 0, unknown: 1, suppressed: 1 },
    ])
  })

  it('of a second and of a millisecond are from the same day', () => {
    const times = [prowler('a', 'PASS'), compliance('a', 1)].map((one) => readResult(one))
    expect(times).toMatchObject([{ at: 1_795_176_000_000 }, { at: 1_795_176_000_000 }])
  })

  it('are not judged in part', async () => {
    const whole = JSON.stringify([compliance('A', 1), compliance('B', 3)])
    expect(why(await look(write('whole.json', whole)))).toBe('seen')
    expect(why(await look(write('cut.json', whole.slice(0, -40))))).toBe('incomplete')
    expect(why(await look(write('odd.json', [compliance('A', 1), compliance('B', 3, { metadata: 7 })])))).toBe(
      'incomplete',
    )
    expect(why(await look(write('nameless.json', [compliance('', 1)])))).toBe('incomplete')
  })
})

describe('a file', () => {
  it.each([
    ['that is missing', join(folder, 'nowhere'), 'not-configured'],
    ['that is a folder', folder, 'not-configured'],
    ['of text', write('text', 'hello'), 'contract'],
    [
      'with more controls than anybody has',
      write(
        'many',
        Array.from({ length: 10_001 }, (_one, at) => compliance(`c${at}`, 1)),
      ),
      'contract',
    ],
  ])('%s says why', async (_name, path, reason) => {
    expect(why(await look(path))).toBe(reason)
  })

  it('of fifty megabytes takes little memory and bounded time', async () => {
    const path = join(folder, 'large')
    const file = openSync(path, 'w')
    const line = `${JSON.stringify(prowler('s3_public', 'PASS', { filler: 'x'.repeat(2_000) }))}\n`
    const block = line.repeat(200)
    let written = 0
    for (; written * line.length < 50_000_000; written += 200) writeSync(file, block)
    closeSync(file)
    const began = performance.now()
    const before = process.memoryUsage().rss
    expect(group(await look(path), 'report').facts.results).toBe(written)
    expect(performance.now() - began).toBeLessThan(6_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000)
  })

  it('with anything in it is read or refused', () => {
    const value = fc.jsonValue()
    const odd = fc.record(
      {
        class_uid: fc.constantFrom(2003, 2004),
        time: value,
        time_dt: value,
        severity_id: value,
        status_id: value,
        status_code: value,
        metadata: value,
        compliance: value,
      },
      { requiredKeys: ['class_uid'] },
    )
    fc.assert(
      fc.property(fc.oneof(odd, value), (record) => {
        const result = readResult(record)
        expect(['result', 'other', 'broken']).toContain(result.kind)
        if (result.kind === 'result' && result.at !== undefined) expect(new Date(result.at).toISOString()).toMatch(/Z$/)
      }),
      { numRuns: 500 },
    )
  })
})
