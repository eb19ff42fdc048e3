import { describe, expect, it } from 'vitest'
import type { DocumentView, MeasureView, PartView, RegisterView, StatementView } from '../api/api.ts'
import {
  countsOf,
  faultsByStatement,
  filterSections,
  firstStep,
  sectionsOf,
  shownFrom,
  sureOnes,
  toggled,
  withMeasure,
  withoutTitle,
  worstOf,
} from './register-view.ts'
import { blocksOf, drawnWhole, isLong } from './windows.ts'

let made = 0

function aPart(part: Partial<PartView> = {}): PartView {
  return {
    catalogueId: 'vpn',
    confidence: 0.9,
    confirmedBy: null,
    confirmedAt: null,
    provable: true,
    checks: [],
    signOffs: [],
    guarantees: [],
    ...part,
  }
}

function aMeasure(measure: Partial<MeasureView> = {}): MeasureView {
  return {
    id: `m${++made}`,
    revision: 1,
    owner: null,
    guarantor: 'us',
    scope: [],
    environments: ['production'],
    cadence: null,
    visibility: 'public',
    ignored: null,
    assurance: 'stated',
    publicState: 'stated',
    checkedAt: null,
    freshUntil: null,
    next: 'confirm',
    unproven: [],
    exception: null,
    discovered: null,
    parts: [aPart()],
    ...measure,
  }
}

function aStatement(statement: Partial<StatementView> = {}): StatementView {
  return {
    id: `s${++made}`,
    line: made,
    page: null,
    condition: null,
    section: 'Access',
    level: null,
    text: 'Access is controlled.',
    type: 'measure',
    status: 'in-place',
    nature: null,
    parameters: {},
    systems: [],
    cadence: null,
    sure: true,
    measure: aMeasure(),
    ...statement,
  }
}

const aHeading = (text: string) => aStatement({ type: 'heading', text, section: text, level: 2, measure: null })

const document: DocumentView = {
  id: 'd',
  name: 'tom.txt',
  title: null,
  format: 'txt',
  language: 'en',
  words: 9,
  pages: null,
  dated: null,
  version: null,
  state: 'register',
  origin: 'upload',
  readAt: '2026-11-22T00:00:00Z',
}

const aRegister = (...statements: StatementView[]): RegisterView => ({
  document,
  counts: countsOf(statements),
  statements,
  coverage: { provisions: [], goals: [] },
  faults: [],
})

describe('sectionsOf', () => {
  it('opens a section at each heading and loses nothing', () => {
    const statements = [aStatement({ section: '' }), aHeading('One'), aStatement(), aStatement(), aHeading('Two')]
    const sections = sectionsOf(statements)
    expect(sections.map(({ heading, statements }) => [heading?.text ?? null, statements.length])).toEqual([
      [null, 1],
      ['One', 2],
      ['Two', 0],
    ])
    expect(sections.flatMap(({ heading, statements }) => [...(heading ? [heading] : []), ...statements])).toEqual(
      statements,
    )
  })

  it('calls a section what the server calls it', () => {
    expect(sectionsOf([aHeading('1. Access'), aStatement({ section: 'Access' })])[0]?.name).toBe('Access')
  })
})

describe('withoutTitle', () => {
  it('leaves out a first heading that repeats the title, and keeps its statements', () => {
    const sections = sectionsOf([aHeading('Our measures'), aStatement(), aHeading('Our measures')])
    const shown = withoutTitle(sections, 'Our measures ')
    expect(shown.map(({ heading, statements }) => [heading?.text ?? null, statements.length])).toEqual([
      [null, 1],
      ['Our measures', 0],
    ])
    expect(withoutTitle(sections, 'Another title')).toBe(sections)
  })
})

describe('countsOf', () => {
  it('leaves out what was set aside and what is no measure', () => {
    const counts = countsOf([
      aHeading('One'),
      aStatement({
        measure: aMeasure({ assurance: 'verified', publicState: 'proven', parts: [aPart({ confirmedBy: 'person' })] }),
      }),
      aStatement(),
      aStatement({ measure: aMeasure({ ignored: 'an example only' }) }),
    ])
    expect(counts).toMatchObject({ lines: 2, unconfirmed: 1 })
    expect(counts.assurance).toMatchObject({ verified: 1, stated: 1, failing: 0 })
    expect(counts.public).toMatchObject({ proven: 1, stated: 1 })
  })
})

describe('withMeasure', () => {
  it('replaces the measure and counts again', () => {
    const line = aStatement()
    const other = aStatement()
    const confirmed = { ...aMeasure({ parts: [aPart({ confirmedBy: 'person' })] }), id: line.measure?.id ?? '' }
    const register = withMeasure(aRegister(line, other), confirmed)
    expect(register.counts.unconfirmed).toBe(1)
    expect(register.statements[0]?.measure).toBe(confirmed)
    expect(register.statements[1]).toBe(other)
  })
})

describe('sureOnes', () => {
  it('takes the sure, mapped and unconfirmed only', () => {
    const sure = aStatement()
    const [section] = sectionsOf([
      aHeading('One'),
      sure,
      aStatement({ sure: false }),
      aStatement({ measure: aMeasure({ parts: [] }) }),
      aStatement({ measure: aMeasure({ parts: [aPart({ confirmedBy: 'release' })] }) }),
      aStatement({ measure: aMeasure({ ignored: 'not ours' }) }),
    ])
    expect(section && sureOnes(section)).toEqual([sure])
  })
})

describe('filter', () => {
  const failing = aStatement({ measure: aMeasure({ assurance: 'failing' }) })
  const sections = sectionsOf([
    aHeading('One'),
    aStatement(),
    aHeading('Two'),
    failing,
    aStatement({ type: 'note', measure: null }),
  ])

  it('keeps the lines that are wanted with their headings', () => {
    expect(filterSections(sections, ['failing']).map(({ heading, statements }) => [heading?.text, statements])).toEqual(
      [['Two', [failing]]],
    )
  })

  it('keeps the chapter above a section that is kept, and no other', () => {
    const at = (level: number, text: string, statements: readonly StatementView[] = []) => ({
      id: text,
      name: text,
      heading: aStatement({ type: 'heading', text, level, measure: null }),
      statements,
    })
    const chapters = [
      at(1, 'First'),
      at(2, 'Technical of the first', [aStatement()]),
      at(1, 'Second'),
      at(2, 'Technical of the second', [failing]),
      at(2, 'Organisational of the second', [aStatement()]),
      at(1, 'Third'),
    ]
    expect(filterSections(chapters, ['failing']).map(({ name }) => name)).toEqual(['Second', 'Technical of the second'])
  })

  it('keeps everything when nothing is named', () => {
    expect(filterSections(sections, [])).toBe(sections)
  })

  it('reads the address and drops what is no assurance', () => {
    expect(shownFrom({ show: ['failing', 'excellent', 3] })).toEqual({ show: ['failing'] })
    expect(shownFrom({ show: 'failing' })).toEqual({})
  })

  it('switches one assurance on and off', () => {
    expect(toggled(['failing'], 'planned')).toEqual({ show: ['failing', 'planned'] })
    expect(toggled(['failing'], 'failing')).toEqual({})
  })

  it('names the worst of a section', () => {
    expect(sections.map(worstOf)).toEqual(['stated', 'failing'])
    expect(worstOf({ id: 'x', name: 'x', heading: null, statements: [] })).toBeNull()
  })
})

describe('firstStep', () => {
  it('puts mending before confirming', () => {
    const register = aRegister(aStatement(), aStatement({ measure: aMeasure({ next: 'mend' }) }), aStatement())
    expect(firstStep(register)).toEqual({ step: 'mend', lines: 1 })
  })

  it('says when nothing waits', () => {
    expect(firstStep(aRegister(aStatement({ measure: aMeasure({ next: 'none' }) })))).toEqual({
      step: 'none',
      lines: 0,
    })
  })
})

describe('faultsByStatement', () => {
  const fault = {
    rule: 'vague-wording',
    level: 'warning',
    line: 7,
    page: null,
    text: 'adequate',
    why: 'w',
    remedy: 'r',
  } as const
  const heading = aStatement({ id: 'a', line: 7, text: 'Access is by key.' })
  const vague = aStatement({ id: 'b', line: 7, text: 'Keys are kept in an adequate way.' })
  const of = (...faults: Parameters<typeof faultsByStatement>[1][number][]) => [
    ...faultsByStatement([heading, vague], faults).keys(),
  ]

  it('gives a fault to the statement of its line that holds its words', () => {
    expect(of(fault)).toEqual(['b'])
  })

  it('gives it to the first of the line where the words are in none', () => {
    expect(of({ ...fault, text: 'key. Keys' })).toEqual(['a'])
  })

  it('keeps faults of the whole document apart', () => {
    expect(of({ ...fault, line: null }, { ...fault, line: 99 })).toEqual([null])
  })
})

describe('blocksOf', () => {
  const many = sectionsOf([aHeading('One'), ...Array.from({ length: 95 }, () => aStatement())])

  it('cuts long sections and keeps the order', () => {
    const blocks = blocksOf(many)
    expect(blocks.map((block) => [block.first, block.statements.length])).toEqual([
      [true, 40],
      [false, 40],
      [false, 15],
    ])
    expect(blocks.flatMap((block) => block.statements)).toEqual(many[0]?.statements)
    expect(new Set(blocks.map(({ id }) => id)).size).toBe(3)
  })

  it('draws a heading without statements', () => {
    expect(blocksOf(sectionsOf([aHeading('Alone')]))).toMatchObject([{ first: true, statements: [] }])
  })

  it('windows only what is long', () => {
    expect(isLong(blocksOf(many))).toBe(false)
    const longer = sectionsOf(Array.from({ length: drawnWhole + 1 }, () => aStatement()))
    expect(isLong(blocksOf(longer))).toBe(true)
  })
})
