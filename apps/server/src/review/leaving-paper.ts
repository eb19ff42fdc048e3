import { longMoment } from '@art32/press'
import type { Paper, PaperTable } from '@art32/press'
import type { LeavingShown } from './leaving-view.ts'

type Language = 'en' | 'de'

const words = {
  en: {
    title: 'Accounts of somebody who left',
    person: 'Person',
    leftAt: 'Left at',
    proven: 'Proven since',
    not: 'not proven',
    system: 'System',
    account: 'Account',
    state: 'State',
    seen: 'Seen at',
    ended: 'Closed since',
    why: 'Not looked at',
    whys: {
      denied: 'access was refused',
      unlicensed: 'a licence is missing',
      unreachable: 'not reachable',
      throttled: 'too many requests',
      contract: 'another answer than agreed',
      incomplete: 'not looked at since',
      'not-configured': 'nothing there tells of the accounts',
    },
    states: { open: 'open', disabled: 'disabled', gone: 'gone', said: 'gone, as somebody says' },
    note: 'What a look saw. An account that could not be looked at is not gone.',
  },
  de: {
    title: 'Konten einer ausgeschiedenen Person',
    person: 'Person',
    leftAt: 'Ausgeschieden am',
    proven: 'Nachgewiesen seit',
    not: 'nicht nachgewiesen',
    system: 'System',
    account: 'Konto',
    state: 'Zustand',
    seen: 'Gesehen am',
    ended: 'Geschlossen seit',
    why: 'Nicht einsehbar',
    whys: {
      denied: 'Zugriff verweigert',
      unlicensed: 'eine Lizenz fehlt',
      unreachable: 'nicht erreichbar',
      throttled: 'Zahl der Anfragen begrenzt',
      contract: 'andere Antwort als vereinbart',
      incomplete: 'seither nicht angesehen',
      'not-configured': 'dort nennt nichts die Konten',
    },
    states: { open: 'offen', disabled: 'gesperrt', gone: 'entfernt', said: 'entfernt, wie jemand sagt' },
    note: 'Was ein Blick gesehen hat. Ein Konto, das nicht einsehbar war, ist nicht entfernt.',
  },
} as const

const minute = (time: string | null, language: Language) => (time === null ? null : longMoment(time, language))

/** The accounts of somebody who left, as a table. */
export function leavingTable({ accounts }: LeavingShown, language: Language): PaperTable {
  const said = words[language]
  return {
    kind: 'table',
    columns: [
      { title: said.system, width: 2 },
      { title: said.account, width: 3 },
      { title: said.state },
      { title: said.seen },
      { title: said.ended },
      { title: said.why },
    ],
    rows: accounts.map((one) => [
      one.systemName,
      one.account,
      { tone: one.state === 'open' ? 'bad' : one.state === 'said' ? 'vouched' : 'good', word: said.states[one.state] },
      minute(one.seenAt, language),
      minute(one.endedAt, language),
      one.unseen === null ? null : said.whys[one.unseen],
    ]),
    wide: true,
  }
}

/** The accounts of somebody who left, as a paper. */
export function leavingPaper(shown: LeavingShown, language: Language): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const said = words[language]
  return {
    language,
    title: said.title,
    meta: [
      { label: said.person, value: shown.name },
      { label: said.leftAt, value: minute(shown.leftAt, language) },
      { label: said.proven, value: minute(shown.provenAt, language) ?? said.not },
    ],
    blocks: [{ kind: 'paragraph', quiet: true, text: said.note }, leavingTable(shown, language)],
  }
}
