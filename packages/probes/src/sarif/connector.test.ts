import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import type { Reading } from '../engine/reading.ts'
import { testContext } from '../testing/servers.ts'
import { sarif } from './connector.ts'
import type { SarifFacts } from './facts.ts'
import { mostFindings, readLog } from './log.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-sarif-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, content: object | string, at = '2026-11-20T12:00:00Z') => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  utimesSync(path, new Date(at), new Date(at))
  return path
}
const look = (settings: object) => collect(sarif, settings, testContext())
const group = <K extends keyof SarifFacts>(reading: Reading, name: K): SarifFacts[K] => {
  const one = reading.read === 'ok' ? reading.facts[name] : undefined
  if (one?.read !== 'ok') throw new Error(JSON.stringify(one ?? reading))
  return one.facts as SarifFacts[K]
}
const why = (reading: Reading, name: string) => {
  const one = reading.read === 'ok' ? reading.facts[name] : reading
  return one?.read === 'no' ? one.why : 'seen'
}

const at = (uri: string) => [
  { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%', index: 0 }, region: { startLine: 7 } } },
]

/** As CodeQL writes it: the rules in an extension, the score and the weakness class in their properties. */
const codeql = {
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: { name: 'CodeQL', semanticVersion: '2.23.0', rules: [] },
        extensions: [
          {
            name: 'codeql/javascript-queries',
            rules: [
              {
                id: 'js/xss',
                defaultConfiguration: { enabled: true, level: 'error' },
                properties: { tags: ['security', 'external/cwe/cwe-079'], 'security-severity': '7.8' },
              },
              { id: 'js/unused', defaultConfiguration: { level: 'note' }, properties: { tags: ['maintainability'] } },
            ],
          },
        ],
      },
      versionControlProvenance: [{ repositoryUri: 'https://example.com/r', revisionId: '0123456789abcdef' }],
      results: [
        {
          ruleId: 'js/xss',
          rule: { id: 'js/xss', index: 0, toolComponent: { index: 0 } },
          message: { text: 'never kept' },
          locations: at('src/page.ts'),
          partialFingerprints: { primaryLocationLineHash: '39fa2ee980eb94b0:1' },
        },
        { ruleId: 'js/xss', rule: { index: 0, toolComponent: { index: 0 } }, locations: at('src/page.ts') },
        { ruleId: 'js/unused', rule: { index: 1, toolComponent: { index: 0 } }, locations: at('src/page.ts') },
      ],
    },
  ],
}

/** As Semgrep writes it: the level in the rule, suppressions in the result. */
const semgrep = {
  version: '2.1.0',
  runs: [
    {
      invocations: [{ executionSuccessful: true, endTimeUtc: '2026-11-19T08:00:00Z', toolExecutionNotifications: [] }],
      tool: {
        driver: {
          name: 'Semgrep OSS',
          rules: [
            {
              id: 'eval-detected',
              defaultConfiguration: { level: 'error' },
              properties: { precision: 'very-high', tags: ['CWE-95: Improper Neutralization', 'OWASP-A03:2021'] },
            },
          ],
        },
      },
      results: [
        {
          ruleId: 'eval-detected',
          locations: at('src/a.js'),
          provenance: { firstDetectionTimeUtc: '2026-11-01T00:00:00Z' },
        },
        { ruleId: 'eval-detected', locations: at('src/b.js'), suppressions: [{ kind: 'inSource' }] },
        {
          ruleId: 'eval-detected',
          locations: at('src/c.js'),
          suppressions: [{ kind: 'external', status: 'underReview' }],
        },
        { ruleId: 'eval-detected', locations: at('src/d.js'), kind: 'pass' },
        { ruleId: 'eval-detected', locations: at('src/e.js'), baselineState: 'absent' },
        { ruleId: 'eval-detected', locations: at('src/f.js'), level: 'warning' },
      ],
    },
  ],
}

describe('a SARIF log', () => {
  it('of CodeQL is read, with each rule once for each file', async () => {
    const reading = await look({ path: write('codeql.sarif', codeql), revision: '0123456789ABCDEF' })
    expect(group(reading, 'runs')).toEqual([
      {
        tool: 'CodeQL',
        at: '2026-11-20T12:00:00.000Z',
        hasResults: true,
        succeeded: true,
        revisions: ['0123456789abcdef'],
        minor: 1,
        suppressed: 0,
      },
    ])
    expect(group(reading, 'findings')).toEqual([
      {
        tool: 'CodeQL',
        rule: 'js/xss',
        cwe: ['CWE-79'],
        path: 'src/page.ts',
        count: 2,
        score: 7.8,
        since: null,
        isNew: false,
      },
    ])
    expect(group(reading, 'deployed')).toEqual({ revision: '0123456789abcdef' })
    expect(JSON.stringify(reading)).not.toContain('never kept')
  })

  it('of Semgrep is read, without what is suppressed, passed or gone', async () => {
    const reading = await look({ path: write('semgrep.sarif', semgrep) })
    expect(group(reading, 'findings').map(({ path, cwe, since }) => [path, cwe, since])).toEqual([
      ['src/a.js', ['CWE-95'], '2026-11-01T00:00:00Z'],
      ['src/c.js', ['CWE-95'], null],
    ])
    expect(group(reading, 'runs')).toMatchObject([{ at: '2026-11-19T08:00:00Z', minor: 1, suppressed: 1 }])
    expect(why(reading, 'deployed')).toBe('not-configured')
  })

  it('without results, or of a tool that broke, says so', () => {
    const one = (more: object) =>
      readLog(JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a' } }, ...more }] }), new Date())
        .runs[0]
    expect(one({})).toMatchObject({ hasResults: false, succeeded: true })
    expect(one({ results: null })).toMatchObject({ hasResults: false })
    expect(one({ results: [], invocations: [{ executionSuccessful: false }] })).toMatchObject({
      hasResults: true,
      succeeded: false,
    })
  })

  it('keeps no folder above the repository', () => {
    const paths = [
      'file:///home/jane.doe/work/src/a.ts',
      'C:\\Users\\jane.doe\\work\\src\\a.ts',
      './src/a.ts',
      undefined,
    ].map((uri) => {
      const results = [{ ruleId: 'a', level: 'error', ...(uri === undefined ? {} : { locations: at(uri) }) }]
      const text = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a' } }, results }] })
      return readLog(text, new Date()).findings[0]?.path
    })
    expect(paths).toEqual(['src/a.ts', 'src/a.ts', 'src/a.ts', 'no place'])
  })
})

describe('a folder of logs', () => {
  it('counts the newest run of each tool', async () => {
    const place = join(folder, 'logs')
    mkdirSync(place)
    write('logs/old.sarif', codeql, '2026-10-01T00:00:00Z')
    write('logs/new.sarif', { version: '2.1.0', runs: [{ tool: { driver: { name: 'CodeQL' } }, results: [] }] })
    write('logs/other.sarif.json', semgrep)
    write('logs/notes.txt', 'no log')
    const reading = await look({ path: place })
    expect(
      group(reading, 'runs')
        .map(({ tool }) => tool)
        .toSorted(),
    ).toEqual(['CodeQL', 'Semgrep OSS'])
    expect(group(reading, 'findings').map(({ tool }) => tool)).toEqual(['Semgrep OSS', 'Semgrep OSS'])
  })
})

describe('a file that cannot be used', () => {
  it.each([
    ['is missing', join(folder, 'nowhere'), 'not-configured'],
    ['is no JSON', write('text.sarif', 'hello'), 'contract'],
    ['is of another version', write('v1.sarif', { version: '1.0.0', runs: [] }), 'contract'],
    ['holds wrong types', write('types.sarif', { version: '2.1.0', runs: [{ tool: 7 }] }), 'contract'],
  ])('because it %s says why', async (_name, path, reason) => {
    const reading = await look({ path })
    expect([why(reading, 'runs'), why(reading, 'findings')]).toEqual([reason, reason])
  })

  it('because it holds more places than anybody mends is not told of in part', async () => {
    const results = Array.from({ length: mostFindings + 1 }, (_one, index) => ({
      ruleId: 'a',
      level: 'error',
      locations: at(`src/${index}.ts`),
    }))
    const path = write('many.sarif', { version: '2.1.0', runs: [{ tool: { driver: { name: 'a' } }, results }] })
    expect(why(await look({ path }), 'findings')).toBe('incomplete')
  })

  it('is read or refused in bounded time, whatever stands in it', () => {
    const value = fc.jsonValue()
    const odd = fc.record(
      {
        ruleId: value,
        ruleIndex: value,
        rule: value,
        level: value,
        kind: value,
        locations: value,
        properties: value,
        suppressions: value,
      },
      { requiredKeys: [] },
    )
    const runs = fc.array(fc.record({ tool: fc.constant({ driver: { name: 'a' } }), results: fc.array(odd) }), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(runs, (given) => {
        try {
          readLog(JSON.stringify({ version: '2.1.0', runs: given }), new Date(0))
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('with as many rules as results ends in bounded time', () => {
    const rules = Array.from({ length: 20_000 }, (_one, index) => ({ id: `r${index}` }))
    const results = Array.from({ length: 20_000 }, (_one, index) => ({ ruleId: `x${index}`, ruleIndex: 0 }))
    const text = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a', rules } }, results }] })
    const began = performance.now()
    expect(readLog(text, new Date(0)).runs[0]?.minor).toBe(20_000)
    expect(performance.now() - began).toBeLessThan(3_000)
  })
})
