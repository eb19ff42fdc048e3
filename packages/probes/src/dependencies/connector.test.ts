import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { judge } from '../engine/judge.ts'
import type { Reading } from '../engine/reading.ts'
import { zipOf } from '../files/zip-of.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { depsVulns } from './checks/vulns.ts'
import { dependencies } from './connector.ts'
import type { DependenciesFacts } from './facts.ts'
import { record, records, startSupply } from './vendor.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-dependencies-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let server: VendorServer | undefined
afterEach(async () => {
  expect(server?.mistakes ?? []).toEqual([])
  await server?.close()
  server = undefined
})
const write = (name: string, content: object | string) => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return join(folder, name)
}

const bill = write('bom.json', {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [
    { type: 'library', name: 'weak', version: '1.0.0', purl: 'pkg:npm/weak@1.0.0' },
    {
      type: 'library',
      name: 'paged',
      purl: 'pkg:npm/paged@2.0.0?x=y',
      components: [{ type: 'library', name: 'evil', purl: 'pkg:npm/evil@1.0.0' }],
    },
    { type: 'file', name: 'logo.png' },
  ],
})
const outdated = write('outdated.json', {
  kept: { current: '1.0.0', wanted: '1.1.0', latest: '2.0.0', dependent: 'example', location: 'node_modules/kept' },
  major: { current: '1.2.0', wanted: '1.2.0', latest: '2.0.0', dependent: 'example', location: 'node_modules/major' },
})
const audit = write('audit.json', {
  auditReportVersion: 2,
  vulnerabilities: {
    audited: {
      name: 'audited',
      severity: 'critical',
      isDirect: true,
      via: [
        {
          source: 1,
          name: 'audited',
          dependency: 'audited',
          title: 'A weakness that exists in tests only',
          url: 'https://github.com/advisories/GHSA-dddd-dddd-dddd',
          severity: 'critical',
          cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
          range: '<5.0.0',
        },
      ],
      effects: ['other'],
      range: '<5.0.0',
      nodes: ['node_modules/audited'],
      fixAvailable: true,
    },
    other: {
      name: 'other',
      severity: 'critical',
      isDirect: false,
      via: ['audited'],
      effects: [],
      range: '*',
      nodes: [],
    },
  },
})

async function look(settings: object): Promise<Reading> {
  server = await startSupply()
  const given = { components: bill, baseUrl: server.base, registry: server.base, ...settings }
  return await collect(dependencies, given, testContext({ budgets: openBudgets() }))
}
const group = <K extends keyof DependenciesFacts>(reading: Reading, name: K): DependenciesFacts[K] => {
  const one = reading.read === 'ok' ? reading.facts[name] : undefined
  if (one?.read !== 'ok') throw new Error(JSON.stringify(one ?? reading))
  return one.facts as DependenciesFacts[K]
}
const why = (reading: Reading, name: string) => {
  const one = reading.read === 'ok' ? reading.facts[name] : reading
  return one?.read === 'no' ? one.why : 'seen'
}

examineConnector(dependencies, {
  start: startSupply,
  settings: (base) => ({ components: bill, outdated, baseUrl: base, registry: base }),
  secrets: ['no secret is given'],
  hurts: {
    'POST /v1/querybatch': ['weaknesses'],
    'GET /v1/vulns/{id}': ['weaknesses'],
    'GET /{package}': ['outdated'],
  },
})

describe('weaknesses', () => {
  it('are found over pages, counted once, without the withdrawn ones', async () => {
    const { components, unnamed, found } = group(await look({}), 'weaknesses')
    expect({ components, unnamed }).toEqual({ components: 3, unnamed: 1 })
    expect(found.map((one) => [one.id, one.package, one.versions, one.severity, one.by, one.score])).toEqual([
      ['GHSA-aaaa-aaaa-aaaa', 'npm/weak', ['1.0.0'], 'critical', 'cvss-3', 9.8],
      ['GHSA-cccc-cccc-cccc', 'npm/paged', ['2.0.0'], 'high', 'cvss-4', 8.7],
      ['MAL-2026-1', 'npm/evil', ['1.0.0'], 'critical', 'malicious', null],
    ])
  })

  it('are the same from a folder or an archive of records, without a request', async () => {
    const place = join(folder, 'records')
    mkdirSync(place)
    for (const [id, one] of records) writeFileSync(join(place, `${id}.json`), JSON.stringify(one))
    const archive = join(folder, 'all.zip')
    const files = [...records].map(([id, one]) => ({ name: `${id}.json`, text: JSON.stringify(one) }))
    writeFileSync(archive, zipOf(files))
    const online = group(await look({ audit }), 'weaknesses')
    for (const given of [place, archive]) {
      await server?.close()
      expect(group(await look({ audit, records: given }), 'weaknesses')).toEqual(online)
      expect(server?.calls).toEqual([])
    }
  })

  it('are not told of where the records lack what npm names', async () => {
    const place = join(folder, 'some')
    mkdirSync(place)
    writeFileSync(join(place, 'GHSA-aaaa-aaaa-aaaa.json'), JSON.stringify(records.get('GHSA-aaaa-aaaa-aaaa')))
    expect(why(await look({ audit, records: place }), 'weaknesses')).toBe('incomplete')
  })

  it('that npm audit names are looked up for the day on which they were published', async () => {
    const { found } = group(await look({ audit }), 'weaknesses')
    expect(found.find(({ id }) => id === 'GHSA-dddd-dddd-dddd')?.published).toBe('2026-09-01T08:00:00Z')
  })

  it('about which the makers say something in the bill or beside it carry that, and are told', async () => {
    const analysis = { state: 'not_affected', justification: 'code_not_present', firstIssued: '2026-11-01T00:00:00Z' }
    const statement = (id: string, ref: string) => ({ id, analysis, affects: [{ ref }] })
    const vulnerabilities = [statement('CVE-2026-0001', 'pkg:npm/weak@1.0.0')]
    const components = write('bom-vex.json', {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      components: [{ purl: 'pkg:npm/weak@1.0.0' }, { purl: 'pkg:npm/evil@1.0.0', 'bom-ref': 'evil' }],
      vulnerabilities,
    })
    const vex = write('vex.json', {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      vulnerabilities: [statement('MAL-2026-1', 'evil')],
    })
    const reading = await look({ components, vex })
    const outcomes = judge(depsVulns, reading, { system: 'test', now: new Date('2026-11-22T12:00:00Z') })
    expect(outcomes.map(({ subject, state, say }) => `${subject} ${state} ${say.key}`)).toEqual([
      'GHSA-aaaa-aaaa-aaaa npm/weak info not-affected',
      'MAL-2026-1 npm/evil info not-affected',
      'components pass clean',
    ])
  })

  it('that are past their deadline fail', async () => {
    const outcomes = judge(depsVulns, await look({}), { system: 'test', now: new Date() })
    expect(outcomes.filter(({ state }) => state === 'fail').map(({ subject }) => subject)).toEqual([
      'GHSA-aaaa-aaaa-aaaa npm/weak',
      'GHSA-cccc-cccc-cccc npm/paged',
      'MAL-2026-1 npm/evil',
    ])
  })

  it('of more components than one question holds are asked for in several', async () => {
    const many = write('many.json', {
      bomFormat: 'CycloneDX',
      specVersion: '1.4',
      components: Array.from({ length: 2_001 }, (_one, index) => ({ purl: `pkg:npm/a${index}@1.0.0` })),
    })
    expect(group(await look({ components: many }), 'weaknesses').components).toBe(2_001)
    expect(server?.calls).toEqual(Array.from({ length: 3 }, () => 'POST /v1/querybatch'))
  })

  it('are not told of from a folder with a record whose versions cannot be ordered', async () => {
    const place = join(folder, 'odd')
    mkdirSync(place)
    const events = [{ introduced: 'alpha' }, { fixed: 'omega' }]
    const affected = [{ package: { name: 'weak', ecosystem: 'npm' }, ranges: [{ type: 'ECOSYSTEM', events }] }]
    writeFileSync(join(place, 'odd.json'), JSON.stringify(record('GHSA-eeee-eeee-eeee', 'weak', '1', { affected })))
    expect(why(await look({ records: place }), 'weaknesses')).toBe('incomplete')
  })
})

describe('packages that are behind', () => {
  it('have the day on which the first newer version in range appeared', async () => {
    expect(group(await look({ outdated }), 'outdated').packages).toEqual([
      { name: 'kept', current: '1.0.0', wanted: '1.1.0', latest: '2.0.0', behindSince: '2026-02-01T00:00:00.000Z' },
      { name: 'major', current: '1.2.0', wanted: '1.2.0', latest: '2.0.0', behindSince: null },
    ])
  })

  it('are not judged without a registry that knows since when', async () => {
    expect(why(await look({ outdated, registry: undefined }), 'outdated')).toBe('not-configured')
  })

  it('are none where npm found none', async () => {
    expect(group(await look({ outdated: write('none.json', '{}\n') }), 'outdated').packages).toEqual([])
  })
})

describe('a file that cannot be used', () => {
  it.each([
    ['is missing', join(folder, 'nowhere'), 'not-configured'],
    ['is no list of components', write('text', 'hello'), 'contract'],
    ['has a version that nobody knows', write('old.json', { bomFormat: 'CycloneDX', specVersion: '1.2' }), 'contract'],
    [
      'holds wrong types',
      write('types.json', { bomFormat: 'CycloneDX', specVersion: '1.6', components: [7] }),
      'contract',
    ],
    ['is a lockfile of an old npm', write('lock1.json', { lockfileVersion: 1, dependencies: {} }), 'contract'],
  ])('because it %s says why', async (_name, components, reason) => {
    const reading = await look({ components })
    expect([why(reading, 'weaknesses'), why(reading, 'outdated')]).toEqual([reason, 'not-configured'])
  })

  it('lists a hundred thousand nested components and ends in bounded time', async () => {
    const depth = 150_000
    const deep = `{"bomFormat":"CycloneDX","specVersion":"1.6","components":${'[{"components":'.repeat(depth)}[]${'}]'.repeat(depth)}}`
    const began = performance.now()
    expect(why(await look({ components: write('deep.json', deep) }), 'weaknesses')).toBe('contract')
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
