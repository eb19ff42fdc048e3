import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { assurances, publicStateOf } from '../assurance.ts'
import type { Assurance } from '../assurance.ts'
import { editionFor } from '../audience.ts'
import { citesOf, linesOf } from '../edition.ts'
import type { Backing, EditionDocument, Line, Section } from '../edition.ts'
import { exampleEdition, longEdition, withSections } from '../example-edition.ts'
import { readEdition } from '../read-edition.ts'
import { oscalProblems } from '../testing/oscal.ts'
import { oscalFileName, oscalModels, renderOscal } from './index.ts'
import type { OscalDependencies, OscalModel } from './index.ts'

const dependencies: OscalDependencies = {
  sha1: (bytes) => createHash('sha1').update(bytes).digest(),
  measureOf: (id) =>
    id === 'transport-encryption'
      ? {
          title: { en: 'Encryption in transit', de: 'Verschlüsselung bei der Übertragung' },
          description: { en: 'Data travel encrypted.', de: 'Daten reisen verschlüsselt.' },
          goal: 'confidentiality',
          control: 'transfer',
          kind: 'technical',
          art32: ['a', 'b'],
          refs: { gdpr: ['32(1)(a)', '32(1)(b)'], iso27001: ['A.8.24'], cis: [] },
        }
      : undefined,
}

const at = '2026-11-22T06:00:00Z'

const everyBacking: readonly Backing[] = [
  ...(['pass', 'fail', 'info', 'not-applicable', 'stale'] as const).map((state, index): Backing => ({
    kind: 'check',
    check: `example.${state}`,
    title: `A check: ${state}`,
    role: index % 2 === 0 ? 'proves' : 'supports',
    system: 'db1.example.com',
    state,
    at,
    leaf: 100 + index,
  })),
  {
    kind: 'check',
    check: 'example.unseen',
    title: 'A check that could not look',
    role: 'proves',
    system: 'files.example.com',
    state: 'not-evaluated',
    reason: 'unreachable',
    at,
    leaf: 110,
  },
  { kind: 'sign-off', title: 'Key list review', by: 'Head of Office', at, leaf: 111 },
  { kind: 'agreement', processor: 'Hosting Example', title: 'Agreement under Art. 28', at, leaf: 112 },
]

/** An edition in which every optional member is filled, with chapters below chapters. */
function richEdition(language: 'en' | 'de'): EditionDocument {
  const base = exampleEdition(language)
  const rich = (line: Line): Line => ({
    ...line,
    parts: [
      ...line.parts,
      { measure: 'second-measure', title: 'A second part', required: false, backing: everyBacking, confirmedBy: null },
    ],
    period: { held: 300, failed: 2, notLooked: 1 },
    condition: 'where possible',
    exception: { until: '2027-01-31', reason: 'One repository moves.' },
    owner: 'Head of Operations',
    cadence: 'annually',
    rhythm: 'P1Y',
    parameters: { tls: '1.2', days: 30, mfa: true, ciphers: ['A', 'B'], none: [] },
    systems: ['www.example.com', 'db1.example.com'],
    status: 'conditional',
  })
  const [first, ...rest] = base.sections
  if (first === undefined) throw new Error('the example has a chapter')
  const sections: Section[] = [
    {
      ...first,
      blocks: first.blocks.map((block, index) => (block.kind === 'line' && index === 1 ? rich(block) : block)),
    },
    ...rest.map((section) => ({ ...section, level: 2 })),
    { id: 'empty', title: ' ', level: 1, blocks: [] },
  ]
  return {
    ...withSections(base, sections),
    withheld: { customers: 2, auditors: 1 },
    changes: {
      since: 2,
      date: '2026-05-01T00:00:00Z',
      counts: { same: 1, reworded: 2, translated: 0, changed: 1, added: 1, removed: 1 },
      decisions: [
        {
          before: 'RAID 5',
          after: 'RAID 1',
          differences: [{ aspect: 'parameter', of: 'raid', before: '5', after: '1', direction: 'other' }],
          reason: 'The new disks are mirrored.',
          equivalent: 'Backups are made every day.',
          by: 'signatory',
          at,
          leaf: 90,
          visibility: 'public',
        },
      ],
      levels: [{ goal: 'availability', before: 4, after: 3.5 }],
    },
  }
}

const written = (model: OscalModel, edition: EditionDocument) => renderOscal(model, edition, dependencies)
const parsed = (model: OscalModel, edition: EditionDocument): unknown => JSON.parse(written(model, edition) ?? 'null')

/** Undoes the escapes of Markdown. */
const read = (text: string) => text.replaceAll(/\\(.)/gs, '$1')

interface Prop {
  readonly name: string
  readonly value: string
}
interface Control {
  readonly id: string
  readonly props: readonly Prop[]
  readonly params?: readonly { readonly id: string; readonly values: readonly string[] }[]
  readonly parts: readonly { readonly name: string; readonly prose: string }[]
}
interface Group {
  readonly title: string
  readonly groups?: readonly Group[]
  readonly controls?: readonly Control[]
}
interface Finding {
  readonly uuid: string
  readonly props: readonly Prop[]
  readonly target: { readonly status: { readonly state: string; readonly reason: string } }
}
interface Observation {
  readonly uuid: string
  readonly props: readonly Prop[]
  readonly expires?: string
  readonly collected: string
  readonly methods: readonly string[]
}

const valueOf = (props: readonly Prop[], name: string) => props.find((prop) => prop.name === name)?.value
const controlsOf = (group: Group): Control[] => [...(group.controls ?? []), ...(group.groups ?? []).flatMap(controlsOf)]
const groupsOf = (edition: EditionDocument) =>
  (parsed('catalog', edition) as { catalog: { groups: readonly Group[] } }).catalog.groups
const resultOf = (edition: EditionDocument) => {
  const file = parsed('assessment-results', edition) as {
    'assessment-results': { results: [{ observations: readonly Observation[]; findings?: readonly Finding[] }] }
  }
  return file['assessment-results'].results[0]
}
const planOf = (edition: EditionDocument) =>
  (
    parsed('poam', edition) as {
      'plan-of-action-and-milestones': {
        'poam-items': readonly { readonly props: readonly Prop[] }[]
        risks: readonly { status: string; deadline?: string; props: readonly Prop[] }[]
      }
    } | null
  )?.['plan-of-action-and-milestones']

const editions: Readonly<Record<string, EditionDocument>> = {
  english: exampleEdition('en'),
  german: exampleEdition('de'),
  'rich and English': richEdition('en'),
  'rich and German': richEdition('de'),
  'for the public': editionFor('public', richEdition('de')),
  'a draft': { ...richEdition('en'), state: 'draft', number: null, review: null, source: null },
  'without a line': withSections(exampleEdition('en'), []),
}

describe.each(Object.entries(editions))('an edition, %s', (_, edition) => {
  it.each(oscalModels)('is valid OSCAL as %s, and refers to nothing that is not there', (model) => {
    const file = parsed(model, edition)
    if (file !== null) expect(oscalProblems(file)).toEqual([])
    else expect(linesOf(edition.sections)).toEqual([])
  })

  it.each(oscalModels)('has the same bytes as %s each time, also when read back from its JSON', (model) => {
    expect(written(model, readEdition(JSON.stringify(edition)))).toBe(written(model, edition))
  })
})

describe('the catalog', () => {
  const edition = richEdition('en')

  it('holds every line once, in order, with its text, parameters and status', () => {
    const controls = groupsOf(edition).flatMap(controlsOf)
    const lines = linesOf(edition.sections)
    expect(controls.map(({ props }) => valueOf(props, 'line'))).toEqual(lines.map(({ id }) => id))
    expect(controls.map(({ parts }) => read(parts[0]?.prose ?? ''))).toEqual(lines.map(({ text }) => text))
    expect(controls.map(({ props }) => valueOf(props, 'statement-status'))).toEqual(lines.map(({ status }) => status))
    expect(controls[0]?.params).toMatchObject([
      { id: 'line-line-1_prm_tls', values: ['1.2'] },
      { id: 'line-line-1_prm_days', values: ['30'] },
      { id: 'line-line-1_prm_mfa', values: ['true'] },
      { id: 'line-line-1_prm_ciphers', values: ['A', 'B'] },
    ])
    expect(valueOf(controls[0]?.props ?? [], 'exception-until')).toBe('2027-01-31')
  })

  it('puts the own lines of a chapter with sub-chapters into a group of their own: a group holds either', () => {
    const [first] = groupsOf(edition)
    expect(first?.controls).toBeUndefined()
    expect(first?.groups?.map(({ title, controls }) => [read(title), controls?.length])).toEqual([
      [edition.sections[0]?.title, 5],
      [edition.sections[1]?.title, 3],
      [edition.sections[2]?.title, 3],
    ])
  })

  it('says what the catalogue knows of a measure, in the language of the edition', () => {
    const text = written('catalog', richEdition('de'))
    expect(text).toContain('Daten reisen verschlüsselt.')
    expect(text).toContain('"name":"ref-iso27001","ns":"urn:x-art32:edition","value":"A.8.24"')
    expect(text).toContain('"name":"art-32-1","ns":"urn:x-art32:edition","value":"a"')
    expect(text).not.toContain('Data travel')
  })

  it('keeps the decisions since the edition before', () => {
    expect(written('catalog', edition)).toContain('The new disks are mirrored.')
  })
})

describe('the component definition', () => {
  it('says of each line once by what it is implemented, and for a scope on each system', () => {
    const file = parsed('component-definition', richEdition('en')) as {
      'component-definition': {
        components: readonly {
          title: string
          'control-implementations'?: readonly [{ 'implemented-requirements': readonly { 'control-id': string }[] }]
        }[]
      }
    }
    const homes = file['component-definition'].components.map((component) => [
      read(component.title),
      component['control-implementations']?.[0]['implemented-requirements'].map((one) => one['control-id'].slice(10)) ??
        [],
    ])
    expect(Object.fromEntries(homes)).toEqual({
      'Example Software GmbH': ['2', '5', '6', '7', '8', '9', '10', '11'],
      'www.example.com': ['1'],
      'db1.example.com': ['1'],
      'files.example.com': [],
      'Hosting Example': ['3'],
      'The customer': ['4'],
    })
  })
})

/** The edition of one line of an assurance. */
function ofOne(assurance: Assurance, more: Partial<Line> = {}, backing: readonly Backing[] = []): EditionDocument {
  const [line] = linesOf(exampleEdition('en').sections)
  if (line === undefined) throw new Error('the example has a line')
  const parts = line.parts.map((part) => ({ ...part, backing }))
  const one: Line = {
    ...line,
    assurance,
    publicState: publicStateOf(assurance, true),
    parts,
    cites: citesOf(parts),
    ...more,
  }
  return withSections(exampleEdition('en'), [{ id: 'one', title: 'One', level: 1, blocks: [one] }])
}

describe('the assessment results', () => {
  it.each([
    ['verified', 'satisfied', 'pass'],
    ['attested', 'satisfied', 'pass'],
    ['inherited', 'satisfied', 'pass'],
    ['failing', 'not-satisfied', 'fail'],
    ['absent', 'not-satisfied', 'other'],
    ['planned', 'not-satisfied', 'other'],
  ] as const)('%s is %s', (assurance, state, reason) => {
    expect(resultOf(ofOne(assurance)).findings?.map(({ target }) => target.status)).toMatchObject([{ state, reason }])
  })

  it.each(['customer', 'stated', 'lapsed'] as const)('%s is neither: an observation without a finding', (assurance) => {
    const { findings, observations } = resultOf(ofOne(assurance))
    expect(findings).toBeUndefined()
    expect(observations.map(({ props }) => valueOf(props, 'assurance'))).toEqual([assurance])
  })

  it('what could not be looked at is never satisfied or not satisfied, with its reason', () => {
    const unseen = everyBacking.filter((backing) => backing.kind === 'check' && backing.state === 'not-evaluated')
    const { findings, observations } = resultOf(ofOne('stated', {}, unseen))
    expect(findings).toBeUndefined()
    expect(observations.map(({ props }) => [valueOf(props, 'state'), valueOf(props, 'reason')])).toContainEqual([
      'not-evaluated',
      'unreachable',
    ])
  })

  it.each(assurances)('an exception leaves nothing satisfied: %s', (assurance) => {
    const edition = ofOne(assurance, { exception: { until: '2027-01-31', reason: 'Old printers.' } })
    const states = resultOf(edition).findings?.map(({ target }) => target.status.state) ?? []
    expect(states).not.toContain('satisfied')
    expect(planOf(edition)?.risks).toMatchObject([{ deadline: '2027-01-31T23:59:59.000Z' }])
  })

  it('names the leaf, the time of looking and until when it counts', () => {
    const { observations } = resultOf(ofOne('verified', {}, everyBacking.slice(0, 1)))
    expect(observations).toMatchObject([
      { collected: '2026-11-22T06:00:00.000Z', expires: '2026-11-29T06:00:00.000Z', methods: ['TEST'] },
      { collected: '2026-11-22T06:00:00.000Z', methods: ['TEST'] },
    ])
    expect(valueOf(observations[1]?.props ?? [], 'leaf')).toBe('100')
    expect(valueOf(observations[0]?.props ?? [], 'proves')).toBe('100 transport-encryption')
  })

  it('writes an outcome that stands behind many lines once', () => {
    const { observations } = resultOf(longEdition('en', 3))
    const leaves = observations.flatMap(({ props }) => valueOf(props, 'leaf') ?? [])
    expect(new Set(leaves).size).toBe(leaves.length)
  })
})

describe('the plan', () => {
  it('lists what fails, has lapsed, is absent or planned, and exceptions; nothing else', () => {
    const edition = exampleEdition('en')
    const open = linesOf(edition.sections).filter(
      (line) => ['failing', 'lapsed', 'absent', 'planned'].includes(line.assurance) || line.exception,
    )
    expect(planOf(edition)?.['poam-items'].map(({ props }) => valueOf(props, 'line'))).toEqual(open.map(({ id }) => id))
    expect(planOf(edition)?.risks.map(({ status }) => status)).toEqual([
      'open',
      'deviation-approved',
      'open',
      'open',
      'open',
    ])
  })

  it('is none where nothing is open: OSCAL has no plan without an item', () => {
    expect(written('poam', ofOne('verified'))).toBeNull()
  })
})

describe('the four files together', () => {
  it.each(Object.entries(editions))(
    'speak of controls, statements and parameters of the catalog only: %s',
    (_, edition) => {
      const catalog = written('catalog', edition) ?? ''
      const known = new Set([...catalog.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id))
      const asked = oscalModels.flatMap((model) => [
        ...(written(model, edition) ?? '').matchAll(/"(?:control-id|target-id|param-id)":"([^"]+)"/g),
      ])
      expect(asked.length).toBeGreaterThanOrEqual(edition.counts.lines)
      expect(asked.map(([, id]) => id).filter((id) => !known.has(id))).toEqual([])
    },
  )
})

describe('what readers may see', () => {
  it('leaves out lines for others, and tells the public of no check that is not passed', () => {
    const edition = richEdition('en')
    for (const model of oscalModels) {
      const text = written(model, editionFor('public', edition)) ?? ''
      expect(text).not.toContain('A restore is practised twice a year')
      expect(text).not.toMatch(/example\.fail|not-evaluated|unreachable/)
    }
    expect(written('assessment-results', edition)).toContain('unreachable')
  })

  it('names the same line by the same UUID in the next edition, and the file by another', () => {
    const next = { ...exampleEdition('en'), number: 4, date: '2026-12-22T08:15:00Z' }
    const ids = (edition: EditionDocument) => resultOf(edition).findings?.map(({ uuid }) => uuid)
    const idOf = (edition: EditionDocument) => /"uuid":"([^"]+)"/.exec(written('catalog', edition) ?? '')?.[1]
    expect(ids(next)).toEqual(ids(exampleEdition('en')))
    expect(idOf(next)).not.toBe(idOf(exampleEdition('en')))
    expect(idOf(next)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab]/)
  })

  it('keeps the UUID of a line when the log goes on under another origin, but not those of leaves', () => {
    const before = exampleEdition('en')
    const after = { ...before, ledger: { ...before.ledger, origin: 'art32.example/t/k3v9x2/2' } }
    const [one, other] = [before, after].map((edition) => {
      const { findings, observations } = resultOf(edition)
      return {
        lines: findings?.map(({ uuid }) => uuid),
        leaves: observations.filter(({ props }) => valueOf(props, 'leaf')).map(({ uuid }) => uuid),
      }
    })
    expect(other?.lines).toEqual(one?.lines)
    expect(other?.leaves.filter((uuid) => one?.leaves.includes(uuid))).toEqual([])
  })

  it('gives another tenant other UUIDs', () => {
    const mine = exampleEdition('en')
    const theirs = { ...mine, tenant: { ...mine.tenant, publicId: 'other' } }
    const [one, other] = [mine, theirs].map((edition) => resultOf(edition).findings?.map(({ uuid }) => uuid) ?? [])
    expect(one?.filter((uuid) => other?.includes(uuid))).toEqual([])
  })
})

describe('text of others', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '',
      ' ',
      '\n\n',
      '\u0000\u001B[31m',
      '\u202Ecod.exe',
      '\uD800',
      '<script>alert(1)</script>',
      '[press](javascript:x)',
      '{{ insert: param, x }}',
      '=cmd()',
      'a_smt',
      'a_smt_item',
      '../../etc',
      'Größe–Maß',
      'x'.repeat(5_000),
      '__proto__',
      '\u2028line',
    ),
  )

  it('makes no file invalid, whatever stands in every text of an edition', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 12, maxLength: 12 }), (texts) => {
        const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = '', k = '', l = ''] = texts
        const rich = richEdition('en')
        const sections = rich.sections.map((section) => ({
          ...section,
          id: a,
          title: b,
          blocks: section.blocks.map((block) =>
            block.kind === 'text'
              ? { ...block, text: c }
              : {
                  ...block,
                  id: d,
                  text: e,
                  owner: f,
                  systems: [g, h],
                  parameters: { [i]: j, [`${i} `]: [j, k] },
                  exception: { until: k, reason: l },
                  parts: block.parts.map((part) => ({
                    ...part,
                    measure: a,
                    title: b,
                    backing: part.backing.map((one) => ({
                      ...one,
                      title: c,
                      check: d,
                      system: e,
                      by: f,
                      processor: g,
                    })),
                  })),
                },
          ),
        }))
        const edition: EditionDocument = {
          ...rich,
          tenant: { publicId: h, name: i },
          title: j,
          scope: k,
          legalFrame: [l],
          limits: [a, b],
          source: { name: c, sha256: d, readAt: at },
          review: { by: e, at },
          ledger: { origin: f, size: 1, root: g, key: h, checkpoint: i },
          sections,
        }
        for (const model of oscalModels) expect(oscalProblems(parsed(model, edition))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('makes no link, no tag and no place for a parameter', () => {
    const edition = ofOne('verified', { text: '[press](javascript:x) <b> {{ insert: param, x }} `code`' })
    expect(written('catalog', edition)).toContain(
      '\\\\[press\\\\](javascript:x) \\\\<b\\\\> \\\\{\\\\{ insert: param, x \\\\}\\\\} \\\\`code\\\\`',
    )
  })

  it('refuses a date that OSCAL cannot write', () => {
    expect(() => written('catalog', { ...exampleEdition('en'), date: '9999-01-01T00:00:00Z' })).toThrow(RangeError)
  })
})

describe('the rules that the tests apply', () => {
  let file = ''
  beforeAll(() => {
    file = written('assessment-results', exampleEdition('en')) ?? ''
  })

  it.each([
    ['a state that is none', /"not-satisfied"/, '"unknown"'],
    ['an unknown member', /"methods"/, '"extra":1,"methods"'],
    ['an observation without a time', /"collected":"[^"]+",/, ''],
    ['an id that is no UUID', /"uuid":"[^"]+"/, '"uuid":"1"'],
    ['a property with a blank at its end', /"value":"verified"/, '"value":"verified "'],
    ['a reference that leads nowhere', /"subject-uuid":"[^"]{8}/, '"subject-uuid":"00000000'],
    ['a day that is none', /"start":"\d{4}-\d\d-\d\d/, '"start":"2026-02-30'],
  ])('refuse %s', (_, from, to) => {
    expect(oscalProblems(JSON.parse(file))).toEqual([])
    const broken = file.replace(from, to)
    expect(broken).not.toBe(file)
    expect(oscalProblems(JSON.parse(broken))).not.toEqual([])
  })

  it('refuse a group that holds groups and controls', () => {
    const catalog = JSON.parse(written('catalog', exampleEdition('en')) ?? '') as {
      catalog: { groups: { groups?: unknown[] }[] }
    }
    expect(oscalProblems(catalog)).toEqual([])
    for (const group of catalog.catalog.groups) group.groups = [{ title: 'Below' }]
    expect(oscalProblems(catalog)).not.toEqual([])
  })
})

/** Milliseconds of processor time, which other work on the machine does not lengthen. */
function costOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

describe('the size', () => {
  it('of 150 measures is written in less than half a second, all four files, and valid', () => {
    const edition = longEdition('de', 14)
    let files: string[] = []
    expect(costOf(() => (files = oscalModels.map((model) => written(model, edition) ?? '')))).toBeLessThan(500)
    for (const file of files) {
      expect(file.length).toBeLessThan(500_000)
      expect(oscalProblems(JSON.parse(file))).toEqual([])
    }
  })

  it('of 10,000 measures grows with the lines: within 4 s for the largest file, at most 25 MB', () => {
    const edition = longEdition('de', 910)
    expect(edition.counts.lines).toBeGreaterThan(10_000)
    let file = ''
    expect(costOf(() => (file = written('assessment-results', edition) ?? ''))).toBeLessThan(4_000)
    expect(file.length).toBeLessThan(25_000_000)
  })
})

describe('docs/reference/oscal.md', () => {
  const page = readFileSync(new URL('../../../../docs/reference/oscal.md', import.meta.url), 'utf8')

  it('names every property that is written', () => {
    const names = oscalModels.flatMap((model) =>
      ['rich and English', 'german', 'a draft'].flatMap((name) => {
        const edition = editions[name]
        const text = (edition && written(model, edition)) ?? ''
        return [...text.matchAll(/"name":"([^"]+)","ns":"urn:x-art32:edition"/g)].map(([, one]) => one)
      }),
    )
    expect(new Set(names).size).toBeGreaterThan(40)
    expect([...new Set(names)].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })
})

describe('oscalFileName', () => {
  it('names what lies beside the other files of an edition', () => {
    expect(oscalModels.map(oscalFileName)).toEqual([
      'oscal-catalog.json',
      'oscal-component-definition.json',
      'oscal-assessment-results.json',
      'oscal-poam.json',
    ])
  })
})
