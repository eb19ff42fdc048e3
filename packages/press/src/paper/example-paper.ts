import type { Language } from '../language.ts'
import type { Letterhead } from '../letterhead.ts'
import type { Paper, PaperBlock, PaperTable } from './paper.ts'

/** For tests: a paper with every kind of block. */
export function examplePaper(language: Language, more: Partial<Paper> = {}): Paper {
  const say = texts[language]
  const blocks: PaperBlock[] = [
    { kind: 'heading', level: 1, text: say.purpose },
    {
      kind: 'paragraph',
      text: [
        { text: say.sentence },
        { text: say.strong, strong: true },
        { text: ' ' },
        { text: 'example.com', href: 'https://example.com/' },
        { text: '.' },
      ],
    },
    {
      kind: 'list',
      ordered: true,
      items: [
        { text: say.one, note: say.note },
        { text: say.two, items: [{ text: say.inner }] },
      ],
    },
    { kind: 'list', ordered: false, items: [{ text: say.one }, { text: say.two }] },
    { kind: 'notice', sign: { tone: 'bad', word: say.overdue }, text: say.sentence },
    { kind: 'heading', level: 3, text: say.fields },
    {
      kind: 'fields',
      fields: [
        { label: say.owner, value: 'CTO' },
        { label: say.deputy, value: null },
        { label: 'SHA-256', value: 'c0ffee'.repeat(11) },
      ],
    },
    { kind: 'heading', level: 1, text: say.none },
    { kind: 'heading', level: 1, text: say.list },
    tableOf(say, 60),
    { kind: 'heading', level: 2, text: say.wide },
    { ...tableOf(say, 30), wide: true },
    { kind: 'heading', level: 2, text: say.list },
    { ...tableOf(say, 0) },
    { kind: 'page-break' },
    { kind: 'page-break' },
    { kind: 'signatures', lines: [{ label: say.owner, name: 'CTO' }, { label: say.deputy }] },
  ]
  return {
    language,
    title: say.title,
    subtitle: say.subtitle,
    by: 'Example Software GmbH',
    date: '2026-11-22T08:15:00Z',
    meta: [
      { label: say.owner, value: 'CTO' },
      { label: say.deputy, value: null },
    ],
    blocks,
    proof: { log: 'art32/3f2a', leaf: 12, checkpoint: `340 ${'Zm9v'.repeat(10)}=` },
    ...more,
  }
}

/** For tests: a colour that can be read, without a logo. */
export const exampleLetterhead: Letterhead = { accent: { light: '#0a6d5a', dark: '#7fcf9e' } }

function tableOf(say: (typeof texts)['en'], rows: number): PaperTable {
  return {
    kind: 'table',
    columns: [
      { title: say.duty, width: 3 },
      { title: say.due, width: 1.4 },
      { title: say.count, width: 1, align: 'right' },
      { title: say.state, width: 1.6 },
    ],
    rows: Array.from({ length: rows }, (_, index) => [
      index % 7 === 0 ? `${say.sentence}${say.strong}` : `${say.one} ${index + 1}`,
      `2026-${String((index % 12) + 1).padStart(2, '0')}-01`,
      index * 37,
      index % 5 === 0
        ? null
        : { tone: index % 3 === 0 ? 'bad' : 'good', word: index % 3 === 0 ? say.overdue : say.done },
    ]),
  }
}

const texts = {
  en: {
    title: 'Record of a duty',
    subtitle: 'January to December 2026',
    purpose: 'Purpose',
    sentence: 'The access rights of every person are looked at and compared with what they need. ',
    strong: 'What is not needed is taken away.',
    one: 'Look at the list',
    note: 'Twice a year',
    two: 'Write down what was changed',
    inner: 'also where nothing was',
    fields: 'Details',
    owner: 'Owner',
    deputy: 'Deputy',
    none: 'Deviations',
    list: 'Due days',
    wide: 'The whole year',
    duty: 'Duty',
    due: 'Due on',
    count: 'Number',
    state: 'State',
    overdue: 'overdue',
    done: 'done',
  },
  de: {
    title: 'Protokoll einer Pflicht',
    subtitle: 'Januar bis Dezember 2026',
    purpose: 'Zweck',
    sentence: 'Die Zugriffsrechte jeder Person werden durchgesehen und mit dem Bedarf verglichen. ',
    strong: 'Was nicht gebraucht wird, wird entzogen.',
    one: 'Liste durchsehen',
    note: 'Zweimal im Jahr',
    two: 'Änderungen festhalten',
    inner: 'auch wenn es keine gab',
    fields: 'Einzelheiten',
    owner: 'Zuständig',
    deputy: 'Vertretung',
    none: 'Abweichungen',
    list: 'Termine',
    wide: 'Das ganze Jahr',
    duty: 'Pflicht',
    due: 'Fällig am',
    count: 'Anzahl',
    state: 'Stand',
    overdue: 'überfällig',
    done: 'erledigt',
  },
}
