import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../engine/reading.ts'
import { componentOf, readComponents } from './components.ts'
import { cvss3Score, severityOf } from './cvss.ts'
import { affects, osvRecord, weaknessesOf } from './osv.ts'
import { compareSemver } from './semver.ts'
import { record } from './vendor.ts'

const names = (text: string) => readComponents(text).named.map(({ name, version }) => `${name}@${version}`)

describe('the components', () => {
  it('of a lockfile of npm are its modules, not its own folders', () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': { name: 'own', version: '1.0.0' },
        'packages/a': { version: '1.0.0' },
        'node_modules/a': { resolved: 'packages/a', link: true },
        'node_modules/@scope/b': { version: '2.0.0', resolved: 'https://registry.example/b.tgz' },
        'node_modules/c/node_modules/d': { version: '3.0.0-rc.1' },
        'node_modules/alias': { name: 'real', version: '4.0.0' },
        'node_modules/e': { version: '5.0.0', resolved: 'git+ssh://git@example.com/e.git#abc' },
      },
    }
    expect(names(JSON.stringify(lock))).toEqual(['@scope/b@2.0.0', 'd@3.0.0-rc.1', 'real@4.0.0'])
    expect(readComponents(JSON.stringify(lock)).unnamed).toBe(1)
  })

  it('of the lockfile of this project are all found', () => {
    const own = readFileSync(new URL('../../../../package-lock.json', import.meta.url), 'utf8')
    const modules = [...own.matchAll(/^ {4}"[^"]*node_modules\/[^"]+": \{/gm)]
    const links = [...own.matchAll(/^ {6}"link": true/gm)]
    const { named, unnamed } = readComponents(own)
    expect(named.length).toBeGreaterThan(100)
    expect(named.length).toBeLessThanOrEqual(modules.length - links.length)
    expect(unnamed).toBe(0)
  })

  it('of a lockfile of pnpm are found in every version of its form', () => {
    const text = [
      `lockfileVersion: '9.0'`,
      'importers:',
      '  .:',
      '    dependencies:',
      'packages:',
      '',
      `  '@scope/a@1.0.0':`,
      '    resolution: {integrity: sha512-x}',
      '  b@2.0.0(react@18.0.0):',
      '  /c@3.0.0:',
      '  /d/4.0.0_react@18.0.0:',
      '  e@file:e.tgz:',
      'snapshots:',
      '  f@1.0.0: {}',
    ].join('\n')
    expect(names(text)).toEqual(['@scope/a@1.0.0', 'b@2.0.0', 'c@3.0.0', 'd@4.0.0'])
    expect(readComponents(text).unnamed).toBe(1)
  })

  it('of a lockfile of yarn are found in both of its forms', () => {
    const classic = [
      '# yarn lockfile v1',
      '',
      '"@scope/a@^1.0.0", "@scope/a@^1.1.0":',
      '  version "1.1.0"',
      'b@^2.0.0:',
      '  version "2.0.0"',
    ]
    expect(names(classic.join('\n'))).toEqual(['@scope/a@1.1.0', 'b@2.0.0'])
    const berry = [
      '__metadata:',
      '  version: 8',
      '"alias@npm:real@^4.0.0":',
      '  version: 4.0.0',
      '"own@workspace:.":',
      '  version: 0.0.0-use.local',
      '"c@npm:^3.0.0":',
      '  version: 3.0.0',
    ]
    expect(names(berry.join('\n'))).toEqual(['real@4.0.0', 'c@3.0.0'])
  })

  it('have the names by which OSV knows them', () => {
    expect(componentOf('pkg:npm/%40scope/a@1.0.0')?.name).toBe('@scope/a')
    expect(componentOf('pkg:maven/org.example/a@1.0.0?type=jar')?.name).toBe('org.example:a')
    expect(componentOf('pkg:pypi/Some_Name@1.0.0')?.name).toBe('some-name')
    expect(componentOf('pkg:golang/example.com/a/v2@v2.0.0')).toMatchObject({
      name: 'example.com/a/v2',
      version: '2.0.0',
    })
    expect(['pkg:deb/debian/a@1', 'pkg:npm/%zz@1', 'pkg:npm/a', ''].map(componentOf)).toEqual(Array(4).fill(undefined))
  })

  it('are found or a reason is given, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components: value })),
      fc.jsonValue().map((value) => JSON.stringify({ lockfileVersion: 3, packages: value })),
      fc.string().map((rest) => `lockfileVersion: 9\npackages:\n  ${rest}:`),
      fc.string().map((rest) => `# yarn lockfile v1\n${rest}\n  version "1"`),
    )
    fc.assert(
      fc.property(text, (given) => {
        try {
          expect(readComponents(given).unnamed).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a CVSS 3 vector', () => {
  // Scores as the national database of the United States and the examples of FIRST publish them.
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', 7.2],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H', 5.9],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
    ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', undefined],
    ['CVSS:3.1/AV:toString/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', undefined],
  ])('%s has the published score', (vector, score) => {
    expect(cvss3Score(vector)).toBe(score)
  })

  it('has the word for its score', () => {
    expect([10, 9, 8.9, 7, 6.9, 4, 3.9, 0.1, 0].map(severityOf)).toEqual([
      'critical',
      'critical',
      'high',
      'high',
      'medium',
      'medium',
      'low',
      'low',
      null,
    ])
  })
})

describe('versions', () => {
  it('are ordered as semver.org orders them', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.10.0',
    ]
    for (const [i, a] of ordered.entries())
      for (const [j, b] of ordered.entries()) expect(compareSemver(a, b), `${a} ${b}`).toBe(Math.sign(i - j))
    expect(compareSemver('1.0.0+x', '1.0.0')).toBe(0)
    expect(compareSemver('1.0.0', 'latest')).toBeUndefined()
  })

  it('are within a range up to the fix, in each branch of it', () => {
    const range = (version: string) =>
      affects(
        osvRecord.parse(
          record('X-1', 'a', '0', {
            affected: [
              {
                package: { name: 'a', ecosystem: 'npm' },
                ranges: [
                  {
                    type: 'SEMVER',
                    events: [
                      { introduced: '2.0.0' },
                      { fixed: '2.1.0' },
                      { introduced: '0' },
                      { last_affected: '1.5.0' },
                    ],
                  },
                ],
              },
            ],
          }),
        ),
        { ecosystem: 'npm', name: 'a', version },
      )
    expect(['0.0.1', '1.5.0', '1.5.1', '2.0.0-rc.1', '2.0.0', '2.1.0-rc.1', '2.1.0'].map(range)).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ])
  })
})

describe('records that name each other', () => {
  const component = { ecosystem: 'npm', name: 'a', version: '1.0.0' }
  const one = osvRecord.parse(
    record('GHSA-1111-1111-1111', 'a', '2.0.0', { aliases: ['CVE-2026-1'], published: '2026-05-01T00:00:00Z' }),
  )
  const two = osvRecord.parse(
    record('PYSEC-2026-1', 'a', '2.0.0', {
      aliases: ['CVE-2026-1'],
      severity: [],
      database_specific: {},
      published: '2026-04-01T00:00:00Z',
    }),
  )

  it('are one weakness with the earliest day and the worst rating, in any order', () => {
    const all = [one, two].map((item) => ({ record: item, component }))
    const found = weaknessesOf(all)
    expect(found).toMatchObject([
      {
        id: 'GHSA-1111-1111-1111',
        aliases: ['CVE-2026-1', 'PYSEC-2026-1'],
        severity: 'critical',
        published: '2026-04-01T00:00:00Z',
      },
    ])
    expect(weaknessesOf(all.toReversed())).toEqual(found)
  })

  it('in a circle or with themselves come to an end', () => {
    const circle = ['A-1', 'A-2', 'A-3'].map((id, at, ids) =>
      osvRecord.parse(record(id, 'a', '2.0.0', { aliases: [id, ids[(at + 1) % 3]] })),
    )
    expect(weaknessesOf(circle.map((item) => ({ record: item, component }))).length).toBe(1)
  })
})
