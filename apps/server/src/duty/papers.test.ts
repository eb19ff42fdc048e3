import { describe, expect, it } from 'vitest'
import { renderPaperPage } from '@art32/press'
import type { Language, Paper } from '@art32/press'
import { dutiesPaper, recordPaper, yearPaper } from './papers.ts'
import type { Looked } from './look.ts'
import type { DutyRow, OccurrenceRow, SignOffRow } from './store.ts'

const duty = (more: Partial<DutyRow> = {}): DutyRow => ({
  id: 'd1',
  title: 'Review the key list',
  instruction: 'Count the keys.',
  catalogue_id: 'physical-key-register',
  rhythm: { kind: 'last-working-day' },
  owner_account: 'a1',
  owner_role: null,
  deputy_account: 'a2',
  lead_days: 10,
  grace_days: 5,
  four_eyes: true,
  form: [{ id: 'missing', label: 'Missing keys', kind: 'number', required: true }],
  starts_on: '2028-01-01',
  retired_at: null,
  ...more,
})
const row = (id: string, due: string, last: string, done: string | null, at: string | null): OccurrenceRow => ({
  id,
  duty_id: 'd1',
  due_on: due,
  from_on: due,
  last_on: last,
  label: '',
  told: 0,
  done_on: done,
  done_at: at === null ? null : new Date(at),
  first_id: null,
})
// January in time, February in time and written down late, March late, April missed, May open.
const rows = [
  row('o1', '2028-01-31', '2028-02-05', '2028-01-31', '2028-01-31T09:00:00Z'),
  row('o2', '2028-02-29', '2028-03-05', '2028-03-05', '2028-03-08T09:00:00Z'),
  row('o3', '2028-03-31', '2028-04-05', '2028-04-06', '2028-04-06T09:00:00Z'),
  row('o4', '2028-04-28', '2028-05-03', null, null),
  row('o5', '2028-05-31', '2028-06-05', null, null),
]
const looked = (duties: readonly DutyRow[] = [duty()]): Looked => ({
  day: { today: '2028-05-20', timeZone: 'Europe/Berlin', members: [], absent: new Set() },
  duties,
  names: new Map([
    ['a1', 'Keeper'],
    ['a2', 'Stand-in'],
  ]),
  figures: new Map([['d1', { duty_id: 'd1', on_time: 2, counted: 4, next: '2028-04-28', late: null }]]),
})
const records: SignOffRow[] = [
  {
    id: 's1',
    occurrence_id: 'o1',
    kind: 'given',
    of_id: null,
    account_id: 'a1',
    role: 'owner',
    effective_on: '2028-01-31',
    at: new Date('2028-01-31T09:00:00Z'),
    form: { missing: 0 },
    reason: '',
    commitment: null,
  },
  {
    id: 's2',
    occurrence_id: 'o1',
    kind: 'withdrawn',
    of_id: 's1',
    account_id: null,
    role: 'owner',
    effective_on: '2028-01-31',
    at: new Date('2028-02-01T09:00:00Z'),
    form: {},
    reason: 'It was another list.',
    commitment: null,
  },
]
const names = new Map([['a1', { name: 'Keeper' }]])
const page = (paper: Omit<Paper, 'by' | 'date'>) => renderPaperPage({ ...paper, by: 'Example', date: '2028-05-20' })
const tableOf = (paper: Pick<Paper, 'blocks'>, index = 0) => paper.blocks.filter(({ kind }) => kind === 'table')[index]
const textOf = (markup: string) => markup.replaceAll(/<style>[^]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the record of a duty', () => {
  const paperIn = (language: Language) =>
    recordPaper({ looked: looked(), duty: duty(), rows, records, names, from: null, until: null }, language)

  it('counts what the hand counts: two of four, one of them written down later', () => {
    expect(paperIn('en').meta?.[0]?.value).toBe('2 of 4, 1 of them written down after the grace was over')
    expect(paperIn('de').meta?.[0]?.value).toBe('2 von 4, 1 davon erst nach Ablauf der Nachfrist notiert')
  })

  it('names each due day with its state, and each record with who said what', () => {
    const days = tableOf(paperIn('en'))
    expect(days?.kind === 'table' && days.rows.map((cells) => cells.at(-1))).toEqual([
      { tone: 'good', word: 'done in time' },
      { tone: 'good', word: 'done in time' },
      { tone: 'bad', word: 'done late' },
      { tone: 'bad', word: 'not done in time' },
      { tone: 'plain', word: 'to come' },
    ])
    const signed = tableOf(paperIn('en'), 1)
    expect(signed?.kind === 'table' && signed.rows.map(([, what, by, , , stated]) => [what, by, stated])).toEqual([
      ['signed off', 'Keeper (an owner)', 'Missing keys: 0'],
      ['taken back', 'an account that is gone (an owner)', 'Reason: It was another list.'],
    ])
  })

  it('says that there is nothing where there is nothing', () => {
    const bare = { looked: looked(), duty: duty(), rows: [], records: [], names, from: '2030-01-01', until: null }
    expect(textOf(page(recordPaper(bare, 'en')))).toContain('Nothing was due in this time.')
    expect(textOf(page(recordPaper(bare, 'de')))).toContain('In dieser Zeit wurde nichts bestätigt.')
  })
})

describe('the list of duties and the calendar of a year', () => {
  it('show owner, rhythm and figure, and a role where nobody is named', () => {
    const list = [duty(), duty({ id: 'd2', owner_account: null, owner_role: 'editor', deputy_account: null })]
    const { table } = dutiesPaper(looked(list), 'en')
    expect(table.rows).toEqual([
      ['Review the key list', 'Keeper', 'Stand-in', 'monthly on the last working day', '2 of 4', expect.any(String)],
      ['Review the key list', 'Editors', null, 'monthly on the last working day', 'nothing was due yet', null],
    ])
  })

  it('hold what was, what is, and what the rhythm asks for in the rest of the year, each day once', () => {
    const named = rows.map((one) => ({ ...one, title: 'Review the key list' }))
    const { table, blocks } = yearPaper(looked(), named, 2028, 'en')
    expect(table.rows.map(([on]) => on)).toEqual([
      ...rows.map(({ due_on: on }) => on),
      '2028-06-30',
      '2028-07-31',
      '2028-08-31',
      '2028-09-29',
      '2028-10-31',
      '2028-11-30',
      '2028-12-29',
    ])
    expect(table.rows.at(-1)?.at(-1)).toEqual({ tone: 'plain', word: 'planned' })
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? block.text : []))).toHaveLength(12)
    expect(yearPaper(looked([]), [], 2028, 'de').blocks).toEqual([
      { kind: 'paragraph', text: 'In dieser Zeit war nichts fällig.' },
    ])
  })
})
