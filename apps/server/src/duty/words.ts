import { cadenceIn, longDay } from '@art32/press'
import type { Language, PaperSign } from '@art32/press'
import type { Rhythm } from '../calendar/index.ts'
import type { State } from './duty.ts'

/** The fixed words of papers on duties. */
export const dutyWords = {
  en: {
    duties: 'Duties',
    dutiesLead: (today: string) => `Who does what, how often, and how often it was done in time. As of ${today}.`,
    days: 'Due days',
    year: (year: number) => `Calendar of duties ${year}`,
    yearLead: 'Days that are planned follow from the rhythm as it stands today.',
    record: 'Record of a duty',
    period: (from: string, until: string) => `${from} to ${until}`,
    duty: 'Duty',
    owner: 'Owner',
    deputy: 'Deputy',
    rhythm: 'Rhythm',
    measure: 'Measure',
    onTime: 'Performed on time',
    figure: (onTime: number, of: number) => `${onTime} of ${of}`,
    later: (count: number) => `${count} of them written down after the grace was over`,
    noFigure: 'nothing was due yet',
    next: 'Next due',
    grace: 'Grace in days',
    fourEyes: 'Four eyes',
    over: 'over',
    dueOn: 'Due on',
    lastOn: 'Last day in time',
    state: 'State',
    doneOn: 'Done on',
    recordedAt: 'Recorded at',
    about: 'About',
    instruction: 'What to do',
    signOffs: 'Sign-offs',
    what: 'Record',
    by: 'By',
    filled: 'What was stated',
    reason: 'Reason',
    gone: 'an account that is gone',
    yes: 'yes',
    no: 'no',
    none: 'There is no duty yet.',
    noDay: 'Nothing was due in this time.',
    noRecord: 'Nothing was signed off in this time.',
    kinds: { first: 'signed off, waits for the second person', given: 'signed off', withdrawn: 'taken back' },
    states: {
      coming: 'to come',
      due: 'due today',
      overdue: 'overdue, within its grace',
      missed: 'not done in time',
      waiting: 'waits for the second person',
      done: 'done in time',
      late: 'done late',
      planned: 'planned',
    },
    roles: { owner: 'Owners', editor: 'Editors', signatory: 'Signatories', member: 'Members', dpo: '' },
    quarter: 'each quarter',
    workingDay: 'monthly on the last working day',
    month: (month: string) => `every ${month}`,
    once: (day: string) => `once, on ${day}`,
    release: (days: number) =>
      days === 1 ? 'with each release, within a day' : `with each release, within ${days} days`,
  },
  de: {
    duties: 'Pflichten',
    dutiesLead: (today: string) => `Wer was wie oft tut, und wie oft es rechtzeitig geschah. Stand ${today}.`,
    days: 'Termine',
    year: (year: number) => `Kalender der Pflichten ${year}`,
    yearLead: 'Geplante Tage folgen aus dem Rhythmus, wie er heute gilt.',
    record: 'Protokoll einer Pflicht',
    period: (from: string, until: string) => `${from} bis ${until}`,
    duty: 'Pflicht',
    owner: 'Zuständig',
    deputy: 'Vertretung',
    rhythm: 'Rhythmus',
    measure: 'Maßnahme',
    onTime: 'Rechtzeitig getan',
    figure: (onTime: number, of: number) => `${onTime} von ${of}`,
    later: (count: number) => `${count} davon erst nach Ablauf der Nachfrist notiert`,
    noFigure: 'noch nichts war fällig',
    next: 'Nächster Termin',
    grace: 'Nachfrist in Tagen',
    fourEyes: 'Vier Augen',
    over: 'beendet',
    dueOn: 'Fällig am',
    lastOn: 'Letzter rechtzeitiger Tag',
    state: 'Stand',
    doneOn: 'Getan am',
    recordedAt: 'Notiert am',
    about: 'Wozu',
    instruction: 'Was zu tun ist',
    signOffs: 'Bestätigungen',
    what: 'Vorgang',
    by: 'Durch',
    filled: 'Angaben',
    reason: 'Grund',
    gone: 'ein gelöschtes Konto',
    yes: 'ja',
    no: 'nein',
    none: 'Es gibt noch keine Pflicht.',
    noDay: 'In dieser Zeit war nichts fällig.',
    noRecord: 'In dieser Zeit wurde nichts bestätigt.',
    kinds: {
      first: 'bestätigt, wartet auf die zweite Person',
      given: 'bestätigt',
      withdrawn: 'zurückgenommen',
    },
    states: {
      coming: 'kommt',
      due: 'heute fällig',
      overdue: 'überfällig, in der Nachfrist',
      missed: 'nicht rechtzeitig getan',
      waiting: 'wartet auf die zweite Person',
      done: 'rechtzeitig getan',
      late: 'verspätet getan',
      planned: 'geplant',
    },
    roles: {
      owner: 'Inhaber',
      editor: 'Bearbeitung',
      signatory: 'Zeichnungsberechtigte',
      member: 'Mitglieder',
      dpo: '',
    },
    quarter: 'in jedem Quartal',
    workingDay: 'monatlich am letzten Arbeitstag',
    month: (month: string) => `jeden ${month}`,
    once: (day: string) => `einmal, am ${day}`,
    release: (days: number) =>
      days === 1 ? 'mit jedem Release, binnen eines Tages' : `mit jedem Release, binnen ${days} Tagen`,
  },
} as const

/** A rhythm in words. */
export function rhythmIn(language: Language, rhythm: Rhythm): string {
  const say = dutyWords[language]
  switch (rhythm.kind) {
    case 'once':
      return say.once(longDay(rhythm.on, language))
    case 'every':
      return cadenceIn(language, rhythm.duration)
    case 'month':
      return say.month(monthIn(language, rhythm.month))
    case 'quarter':
      return say.quarter
    case 'last-working-day':
      return say.workingDay
    case 'release':
      return say.release(rhythm.days)
  }
}

/** The name of a month; 1 is January. */
export function monthIn(language: Language, month: number): string {
  return new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 15))
}

const tones: Readonly<Record<State | 'late' | 'planned', PaperSign['tone']>> = {
  coming: 'plain',
  planned: 'plain',
  due: 'waiting',
  waiting: 'waiting',
  overdue: 'waiting',
  missed: 'bad',
  late: 'bad',
  done: 'good',
}

/** How a due day stands, as a sign. */
export function signIn(language: Language, state: State | 'late' | 'planned'): PaperSign {
  return { tone: tones[state], word: dutyWords[language].states[state] }
}
