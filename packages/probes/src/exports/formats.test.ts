import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { whys } from '../engine/reading.ts'
import { findingKey } from '../engine/judge.ts'
import { readResult } from '../ocsf/result.ts'
import { checks } from '../registry.ts'
import { readLog } from '../sarif/log.ts'
import { readCsv } from '../testing/csv.ts'
import { readXml } from '../testing/xml.ts'
import type { Element } from '../testing/xml.ts'
import { exportFormatNames, exportFormats } from './formats.ts'
import type { ExportFormatName } from './formats.ts'
import type { Judged, Look } from './look.ts'
import { uuidOf } from './uuid.ts'

const published = (name: string) =>
  z.fromJSONSchema(
    JSON.parse(
      readFileSync(new URL(`published/${name}.json`, import.meta.url), 'utf8'),
    ) as z.core.JSONSchema.JSONSchema,
  )
const schemas = {
  sarif: published('sarif-2.1.0'),
  oscal: published('oscal-assessment-results'),
  ocsf: published('ocsf-compliance-finding'),
}

const at = '2026-03-01T08:00:00.000Z'

function judged(given: Partial<Judged> = {}): Judged {
  const one = { check: 'tls.protocols', system: 'tls:www.example.com:443', subject: '1.0', ...given }
  return {
    version: 1,
    severity: 'high',
    systemName: 'www.example.com:443',
    key: findingKey(one.check, one.system, one.subject),
    state: 'fail',
    say: { en: 'TLS 1.0 is accepted.', de: 'TLS 1.0 wird angenommen.' },
    parameters: { minVersion: '1.2' },
    at,
    freshUntil: '2026-03-03T08:00:00.000Z',
    ...one,
  }
}

const lookAt = (...all: Judged[]): Look => ({
  title: 'art32 prove',
  release: '0.1.0',
  language: 'en',
  madeAt: '2026-03-01T09:00:00.000Z',
  judged: all,
})

/** One of each state, and one with an exception. */
const everyKind = lookAt(
  judged(),
  judged({ subject: '1.2', state: 'pass', say: { en: 'TLS 1.2 is accepted.', de: 'TLS 1.2 wird angenommen.' } }),
  judged({
    subject: '1.1',
    exception: { reason: 'old printers', expires: '2026-06-30' },
  }),
  judged({
    check: 'tls.expiry',
    subject: '*',
    state: 'not-evaluated',
    reason: 'unreachable',
    severity: 'critical',
    say: { en: 'Could not look: no usable connection.', de: 'Nicht einsehbar: keine brauchbare Verbindung.' },
  }),
  judged({ check: 'tls.chain', subject: '*', state: 'stale', severity: 'low' }),
  judged({ check: 'dns.caa', system: 'dns:example.com', systemName: 'example.com', subject: '*', state: 'info' }),
  judged({
    check: 'dns.dnssec',
    system: 'dns:example.com',
    systemName: 'example.com',
    subject: '*',
    state: 'not-applicable',
  }),
  judged({
    check: 'gone.long-ago',
    system: 'host',
    systemName: 'host',
    subject: '*',
    state: 'pass',
    factsHash: 'ab'.repeat(32),
  }),
)

const written = (format: ExportFormatName, look: Look) => [...exportFormats[format].write(look)].join('')
const parsed = (format: ExportFormatName, look: Look): unknown => JSON.parse(written(format, look))

/** Reads a file back by a reader that refuses what is not valid. */
const read: Record<ExportFormatName, (look: Look) => unknown> = {
  oscal: (look) => schemas.oscal.parse(parsed('oscal', look)),
  ocsf: (look) => schemas.ocsf.parse(parsed('ocsf', look)),
  sarif: (look) => schemas.sarif.parse(parsed('sarif', look)),
  junit: (look) => readXml(written('junit', look)),
  csv: (look) => {
    const rows = readCsv(written('csv', look))
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([21]))
    expect(rows).toHaveLength(look.judged.length + 1)
    return rows
  },
}

interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
      readonly results: readonly {
        readonly ruleId: string
        readonly ruleIndex: number
        readonly level: string
        readonly partialFingerprints: Readonly<Record<string, string>>
        readonly suppressions?: readonly unknown[]
      }[]
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean
          readonly toolExecutionNotifications: readonly { readonly descriptor: { readonly id: string } }[]
        },
      ]
    },
  ]
}

interface Oscal {
  readonly 'assessment-results': {
    readonly results: readonly [
      {
        readonly observations: readonly { readonly uuid: string; readonly expires: string }[]
        readonly findings?: readonly {
          readonly target: { readonly 'target-id': string; readonly status: { readonly state: string } }
          readonly 'related-observations': readonly { readonly 'observation-uuid': string }[]
        }[]
      },
    ]
  }
}

describe.each(exportFormatNames)('%s', (format) => {
  it('is valid for one outcome of each kind, and for none', () => {
    read[format](everyKind)
    read[format](lookAt())
  })

  it('speaks the language that was asked for', () => {
    expect(written(format, { ...everyKind, language: 'de' })).toContain('TLS 1.0 wird angenommen.')
    expect(written(format, everyKind)).toContain('TLS 1.0 is accepted.')
  })

  it('is written in pieces, none of which grows with the number of outcomes', () => {
    const many = lookAt(
      ...Array.from({ length: 2_000 }, (_, nth) => judged({ system: `tls:host-${nth}.example.com:443` })),
    )
    const longest = Math.max(...[...exportFormats[format].write(many)].map((piece) => piece.length))
    expect(longest).toBeLessThan(12_000)
  })

  it('stays valid whatever a vendor, a document or a person wrote', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        "=cmd|' /C calc'!A0",
        '+1',
        '-1',
        '@SUM(A1)',
        '\t=1',
        '\r\n=1',
        ']]>',
        '</testsuite>',
        '<!ENTITY x "y">',
        '\u0000',
        '\uD800',
        '\uDC00x',
        '\uFFFE',
        '\u202Egnp.exe',
        '[a](javascript:alert(1))',
        '{0}',
        'a;=1',
        '"',
        '',
        ' ',
        'ä'.repeat(5_000),
      ),
    )
    const one = fc.record({
      check: fc.oneof(fc.constantFrom(...checks.map(({ id }) => id)), hostile),
      version: fc.nat(),
      severity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const, 'critical' as const),
      system: hostile,
      systemName: hostile,
      subject: hostile,
      key: fc.string({ minLength: 1, unit: 'grapheme-ascii' }).filter((key) => key.trim() !== ''),
      state: fc.constantFrom('pass', 'fail', 'info', 'not-evaluated', 'not-applicable', 'stale').map((state) => state),
      say: fc.record({ en: hostile, de: hostile }),
      parameters: fc.dictionary(fc.string(), hostile),
      exception: fc.option(fc.record({ reason: hostile, expires: fc.constant('2026-06-30') }), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (all) => {
        const look = lookAt(
          ...all.map(({ exception, ...rest }) =>
            judged({
              ...rest,
              ...(rest.state === 'not-evaluated' ? { reason: whys[0] } : {}),
              ...(exception === null ? {} : { exception }),
            }),
          ),
        )
        read[format](look)
      }),
      { numRuns: 60 },
    )
  })

  it('cuts ten megabytes of text down', () => {
    const endless = '&<=\u0000x '.repeat(1_800_000)
    expect(endless.length).toBeGreaterThan(10_000_000)
    const look = lookAt(judged({ say: { en: endless, de: endless }, subject: endless, systemName: endless }))
    read[format](look)
    expect(written(format, look).length).toBeLessThan(200_000)
  })
})

describe('could not look', () => {
  it('is a notification and no result in SARIF', () => {
    const [run] = (read.sarif(everyKind) as SarifLog).runs
    expect(run.results.map(({ ruleId }) => ruleId)).toEqual(['tls.protocols', 'tls.protocols'])
    const notes = run.invocations[0].toolExecutionNotifications.map(({ descriptor }) => descriptor.id)
    expect(notes).toEqual(['unreachable', 'stale'])
    expect(run.invocations[0].executionSuccessful).toBe(true)
    const [blind] = (read.sarif(lookAt(judged({ state: 'not-evaluated', reason: 'denied' }))) as SarifLog).runs
    expect(blind.invocations[0].executionSuccessful).toBe(false)
  })

  it('is skipped in JUnit, with the reason', () => {
    const root = readXml(written('junit', everyKind))
    expect(root.attributes).toEqual({ name: 'art32 prove', tests: '8', failures: '1', errors: '0' })
    expect(root.children.map(({ attributes }) => Number(attributes['skipped'])).reduce((a, b) => a + b)).toBe(4)
    const skipped = casesOf(root).flatMap(({ children }) => children.filter(({ name }) => name === 'skipped'))
    expect(skipped.map(({ attributes }) => attributes['message'])).toEqual([
      'exception until 2026-06-30: old printers; without it: TLS 1.0 is accepted.',
      'unreachable: Could not look: no usable connection.',
      'stale: TLS 1.0 is accepted.',
      'not-applicable: TLS 1.0 is accepted.',
    ])
  })

  it('makes no JUnit that the schema of Jenkins refuses: each element has its own attributes and children only', () => {
    const allowed: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[] }>> = {
      testsuites: {
        attributes: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'],
        children: ['testsuite'],
      },
      testsuite: {
        attributes: ['name', 'tests', 'failures', 'errors', 'time', 'disabled', 'skipped', 'timestamp', 'hostname'],
        children: ['testcase'],
      },
      testcase: {
        attributes: ['name', 'assertions', 'time', 'classname', 'status'],
        children: ['skipped', 'failure', 'system-out'],
      },
      skipped: { attributes: ['message'], children: [] },
      failure: { attributes: ['type', 'message'], children: [] },
      'system-out': { attributes: [], children: [] },
    }
    const refused = ({ name, attributes, children }: Element): string[] => [
      ...Object.keys(attributes)
        .filter((attribute) => !allowed[name]?.attributes.includes(attribute))
        .map((attribute) => `${name}/@${attribute}`),
      ...children
        .filter((child) => !allowed[name]?.children.includes(child.name))
        .map((child) => `${name}/${child.name}`),
      ...children.flatMap(refused),
    ]
    expect(refused(readXml(written('junit', everyKind)))).toEqual([])
  })

  it('is an observation without a finding in OSCAL', () => {
    const [result] = (read.oscal(everyKind) as Oscal)['assessment-results'].results
    expect(result.observations).toHaveLength(8)
    expect(result.findings?.map(({ target }) => [target['target-id'], target.status.state])).toEqual([
      ['tls.protocols', 'not-satisfied'],
      ['gone.long-ago', 'satisfied'],
    ])
    const half = lookAt(judged({ state: 'pass' }), judged({ subject: '1.1', state: 'not-evaluated', reason: 'denied' }))
    expect((read.oscal(half) as Oscal)['assessment-results'].results[0].findings).toBeUndefined()
  })

  it('is unknown in OCSF, where a connector reads it back as such', () => {
    const records = parsed('ocsf', everyKind) as unknown[]
    const back = records.map((record) => readResult(record))
    expect(back.map((one) => one.kind === 'result' && one.state)).toEqual([
      'fail',
      'pass',
      'suppressed',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'pass',
    ])
    expect(records[3]).toMatchObject({ compliance: { status_id: 0, status: 'Unknown', status_code: 'unreachable' } })
  })

  it('is its own state in CSV', () => {
    const rows = readCsv(written('csv', everyKind))
    expect(rows.map((row) => row.slice(7, 9).join(' ').trim())).toEqual([
      'state reason',
      'fail',
      'pass',
      'fail',
      'not-evaluated unreachable',
      'stale',
      'info',
      'not-applicable',
      'pass',
    ])
  })
})

describe('what is written', () => {
  it('SARIF comes back through the connector that reads SARIF', () => {
    const { runs, findings } = readLog(written('sarif', everyKind), new Date(at))
    expect(runs).toMatchObject([{ tool: 'art32', succeeded: true, suppressed: 1 }])
    expect(findings).toHaveLength(1)
  })

  it('SARIF names each finding by its stable key, and each rule once', () => {
    const [run] = (read.sarif(everyKind) as SarifLog).runs
    expect(run.results[0]?.partialFingerprints).toEqual({
      'art32/v1': findingKey('tls.protocols', 'tls:www.example.com:443', '1.0'),
    })
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(run.results.map(({ level, suppressions }) => [level, suppressions?.length])).toEqual([
      ['error', undefined],
      ['error', 1],
    ])
  })

  it('OSCAL says the same twice, and refers to nothing that is not there', () => {
    expect(written('oscal', everyKind)).toBe(written('oscal', everyKind))
    const [result] = (read.oscal(everyKind) as Oscal)['assessment-results'].results
    const ids = result.observations.map(({ uuid }) => uuid)
    expect(new Set(ids).size).toBe(ids.length)
    for (const finding of result.findings ?? [])
      for (const related of finding['related-observations']) expect(ids).toContain(related['observation-uuid'])
  })

  it('a spreadsheet runs nothing of CSV, whichever character parts its cells', () => {
    const formulas = ["=cmd|' /C calc'!A0", '+1', '-1', '@SUM(A1)', '＝1', 'a;=1', 'a; @x']
    const look = lookAt(...formulas.map((subject) => judged({ subject })))
    const text = written('csv', look)
    expect(text.startsWith('\uFEFFcheck,')).toBe(true)
    for (const between of [',', ';', '\t'])
      for (const row of text.slice(1).split('\r\n'))
        for (const cell of row.split(between)) expect(cell.trim().replace(/^"/, '')).not.toMatch(/^[=+\-@＝＋－＠]/)
    expect(readCsv(text)[1]?.[6]).toBe("'=cmd|' /C calc'!A0")
  })

  it('text of others makes no link in OSCAL and no placeholder in SARIF', () => {
    const say = { en: '[press](javascript:x) <b> {0}', de: '' }
    expect(written('oscal', lookAt(judged({ say })))).toContain('\\\\[press\\\\](javascript:x) \\\\<b\\\\> {0}')
    expect(written('sarif', lookAt(judged({ say })))).toContain('\\\\[press\\\\](javascript:x) <b> {{0}}')
  })
})

describe('the published schemas', () => {
  const oscal = () => JSON.stringify(parsed('oscal', everyKind))

  it.each([
    ['a finding that is neither', () => oscal().replace('"not-satisfied"', '"unknown"')],
    ['an observation without a time', () => oscal().replace(/"collected":"[^"]+",/, '')],
    ['an unknown member', () => oscal().replace('"methods"', '"extra":1,"methods"')],
    ['an id that is no UUID', () => oscal().replace(/"uuid":"[^"]+"/, '"uuid":"1"')],
    ['a property with a blank at its end', () => oscal().replace('"value":"high"', '"value":"high "')],
  ])('refuse OSCAL with %s', (_, make) => {
    expect(schemas.oscal.safeParse(JSON.parse(oscal())).success).toBe(true)
    expect(schemas.oscal.safeParse(JSON.parse(make())).success).toBe(false)
  })

  it.each([
    ['a level that is none', (text: string) => text.replace('"level":"error"', '"level":"high"')],
    [
      'a result without a message',
      (text: string) => text.replace(/"message":\{"text":"[^"]+"\},"locations"/, '"locations"'),
    ],
    ['a member of another name', (text: string) => text.replace('"partialFingerprints"', '"fingerprint"')],
  ])('refuse SARIF with %s', (_, change) => {
    const text = written('sarif', everyKind)
    expect(change(text)).not.toBe(text)
    expect(schemas.sarif.safeParse(JSON.parse(change(text))).success).toBe(false)
  })

  it.each([
    ['without its class', (text: string) => text.replace('"class_uid":2003,', '')],
    ['with a status that is none', (text: string) => text.replace('"status_id":0', '"status_id":7')],
    ['with a time in words', (text: string) => text.replace(/"time":\d+/, '"time":"today"')],
  ])('refuse OCSF %s', (_, change) => {
    const text = written('ocsf', everyKind)
    expect(change(text)).not.toBe(text)
    expect(schemas.ocsf.safeParse(JSON.parse(change(text))).success).toBe(false)
  })

  it('a UUID of a name is of version 5, and another for another name', () => {
    expect(uuidOf('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(uuidOf('a', 'b')).toBe(uuidOf('a', 'b'))
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'))
  })
})

function casesOf(root: Element): Element[] {
  return root.children.flatMap(({ children }) => children)
}
