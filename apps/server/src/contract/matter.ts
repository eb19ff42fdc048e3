import { addDays } from '../calendar/index.ts'

/** What happens under an agreement. */
export const matterKinds = ['instruction', 'request', 'audit', 'allowance', 'return'] as const

/** What happens under an agreement. */
export type MatterKind = (typeof matterKinds)[number]

/** A word in both languages. */
export interface Both {
  readonly en: string
  readonly de: string
}

/** One thing that is written down at a step. */
export interface Asked {
  readonly id: string
  /** A line, several lines, a day, or one of some words. */
  readonly kind: 'line' | 'text' | 'day' | 'choice'
  readonly label: Both
  readonly required: boolean
  readonly options?: readonly { readonly id: string; readonly label: Both }[]
}

/** A state of something that happens, with what is written down when it is reached. */
export interface Step {
  readonly id: string
  readonly label: Both
  /** What a person does to reach it. */
  readonly act: Both
  readonly asks: readonly Asked[]
  /** The states that may follow; none: it is closed. */
  readonly next: readonly string[]
}

/** One kind of what happens under an agreement; the first step is how it begins. */
export interface Matter {
  readonly kind: MatterKind
  readonly label: Both
  readonly about: Both
  /** Of the first day. */
  readonly opened: Both
  readonly steps: readonly [Step, ...Step[]]
  /** The field of the first step that says when it is due. */
  readonly dueFrom?: string
}

const line = (id: string, en: string, de: string, required = true): Asked => ({
  id,
  kind: 'line',
  label: { en, de },
  required,
})
const text = (id: string, en: string, de: string, required = true): Asked => ({
  ...line(id, en, de, required),
  kind: 'text',
})
const day = (id: string, en: string, de: string, required = true): Asked => ({
  ...line(id, en, de, required),
  kind: 'day',
})
const choice = (
  id: string,
  en: string,
  de: string,
  options: readonly (readonly [string, string, string])[],
): Asked => ({
  ...line(id, en, de),
  kind: 'choice',
  options: options.map(([one, english, german]) => ({ id: one, label: { en: english, de: german } })),
})
const step = (id: string, label: Both, act: Both, asks: readonly Asked[], next: readonly string[] = []): Step => ({
  id,
  label,
  act,
  asks,
  next,
})

/**
 * Everything that may happen under an agreement, as data: pages, papers and the rules below are loops over it.
 *
 * @source Art. 28(3)(a), (e), (g), (h) and the sentence after (h), Art. 28(10) GDPR
 */
export const matters: Readonly<Record<MatterKind, Matter>> = {
  instruction: {
    kind: 'instruction',
    label: { en: 'Instruction', de: 'Weisung' },
    about: {
      en: 'What the customer told us to do with their data (Art. 28(3)(a)).',
      de: 'Was der Kunde zur Verarbeitung seiner Daten angewiesen hat (Art. 28 Abs. 3 lit. a).',
    },
    opened: { en: 'Received on', de: 'Erhalten am' },
    dueFrom: 'due',
    steps: [
      step(
        'received',
        { en: 'received', de: 'erhalten' },
        { en: 'Record', de: 'Festhalten' },
        [
          line('from', 'Who gave it', 'Wer sie erteilt hat'),
          choice('form', 'How', 'Auf welchem Weg', [
            ['letter', 'letter', 'Brief'],
            ['mail', 'e-mail', 'E-Mail'],
            ['portal', 'ticket or portal', 'Ticket oder Portal'],
            ['contract', 'in the agreement', 'im Vertrag'],
            ['spoken', 'spoken, confirmed later', 'mündlich, später bestätigt'],
          ]),
          text('text', 'What is to be done', 'Was zu tun ist'),
          day('due', 'To be done by', 'Zu erledigen bis', false),
        ],
        ['accepted', 'unlawful', 'withdrawn'],
      ),
      step(
        'accepted',
        { en: 'accepted', de: 'angenommen' },
        { en: 'Accept', de: 'Annehmen' },
        [text('note', 'Remark', 'Anmerkung', false)],
        ['done', 'unlawful', 'withdrawn'],
      ),
      step(
        'unlawful',
        { en: 'believed unlawful', de: 'für rechtswidrig gehalten' },
        { en: 'Believe it unlawful', de: 'Für rechtswidrig halten' },
        [
          text('reason', 'Which law it would break, in our opinion', 'Wogegen sie unserer Meinung nach verstößt'),
          day('informed', 'The customer was told so on', 'Der Kunde wurde darüber informiert am'),
          line('how', 'How', 'Auf welchem Weg', false),
        ],
        ['accepted', 'withdrawn'],
      ),
      step('done', { en: 'done', de: 'ausgeführt' }, { en: 'Mark as done', de: 'Als ausgeführt festhalten' }, [
        text('result', 'What was done', 'Was getan wurde', false),
      ]),
      step('withdrawn', { en: 'withdrawn', de: 'zurückgenommen' }, { en: 'Withdraw', de: 'Zurücknehmen' }, [
        text('why', 'By whom and why', 'Von wem und warum'),
      ]),
    ],
  },
  request: {
    kind: 'request',
    label: { en: "Data subject's request", de: 'Betroffenenanfrage' },
    about: {
      en: 'Somebody asked us about data of which the customer decides; we pass it on (Art. 28(3)(e)). No names here.',
      de: 'Jemand hat bei uns nach Daten gefragt, über die der Kunde entscheidet; wir leiten weiter (Art. 28 Abs. 3 lit. e). Bitte keine Namen.',
    },
    opened: { en: 'Received on', de: 'Erhalten am' },
    steps: [
      step(
        'received',
        { en: 'received', de: 'erhalten' },
        { en: 'Record', de: 'Festhalten' },
        [
          choice('right', 'What is asked for', 'Worum gebeten wird', [
            ['access', 'access (Art. 15)', 'Auskunft (Art. 15)'],
            ['rectification', 'rectification (Art. 16)', 'Berichtigung (Art. 16)'],
            ['erasure', 'erasure (Art. 17)', 'Löschung (Art. 17)'],
            ['restriction', 'restriction (Art. 18)', 'Einschränkung (Art. 18)'],
            ['portability', 'portability (Art. 20)', 'Übertragbarkeit (Art. 20)'],
            ['objection', 'objection (Art. 21)', 'Widerspruch (Art. 21)'],
            ['other', 'something else', 'etwas anderes'],
          ]),
          line('reference', 'Number of the ticket', 'Nummer des Vorgangs', false),
        ],
        ['forwarded', 'closed'],
      ),
      step(
        'forwarded',
        { en: 'passed on', de: 'weitergeleitet' },
        { en: 'Pass on', de: 'Weiterleiten' },
        [
          line('to', 'To whom, by role', 'An wen, nach Rolle'),
          text('help', 'How we assist', 'Wie wir unterstützen', false),
        ],
        ['closed'],
      ),
      step('closed', { en: 'closed', de: 'abgeschlossen' }, { en: 'Close', de: 'Abschließen' }, [
        text('result', 'What came of it', 'Was daraus wurde'),
      ]),
    ],
  },
  audit: {
    kind: 'audit',
    label: { en: 'Audit', de: 'Audit' },
    about: {
      en: 'The customer, or an auditor for them, looks at what we do (Art. 28(3)(h)).',
      de: 'Der Kunde oder jemand in seinem Auftrag prüft uns (Art. 28 Abs. 3 lit. h).',
    },
    opened: { en: 'Announced on', de: 'Angekündigt am' },
    dueFrom: 'planned',
    steps: [
      step(
        'announced',
        { en: 'announced', de: 'angekündigt' },
        { en: 'Record', de: 'Festhalten' },
        [
          line('by', 'Who audits', 'Wer prüft'),
          choice('form', 'How', 'In welcher Form', [
            ['room', 'by an audit room', 'über einen Prüfraum'],
            ['questionnaire', 'by a questionnaire', 'per Fragebogen'],
            ['remote', 'from afar', 'aus der Ferne'],
            ['on-site', 'on site', 'vor Ort'],
          ]),
          text('scope', 'What is looked at', 'Was geprüft wird'),
          day('planned', 'Planned for', 'Geplant für', false),
        ],
        ['held', 'cancelled'],
      ),
      step(
        'held',
        { en: 'held', de: 'durchgeführt' },
        { en: 'Record the result', de: 'Ergebnis festhalten' },
        [
          text('summary', 'What was looked at and how it went', 'Was geprüft wurde und wie es lief'),
          text('findings', 'Findings', 'Feststellungen', false),
        ],
        ['closed'],
      ),
      step('closed', { en: 'closed', de: 'abgeschlossen' }, { en: 'Close', de: 'Abschließen' }, [
        text('follow-up', 'What became of the findings', 'Was aus den Feststellungen wurde'),
      ]),
      step('cancelled', { en: 'cancelled', de: 'abgesagt' }, { en: 'Cancel', de: 'Absagen' }, [
        text('why', 'By whom and why', 'Von wem und warum'),
      ]),
    ],
  },
  allowance: {
    kind: 'allowance',
    label: { en: 'More than the default', de: 'Mehr als die Voreinstellung' },
    about: {
      en: 'A consent or a configuration of the customer allows more than what is set for everybody.',
      de: 'Eine Einwilligung oder Konfiguration des Kunden erlaubt mehr als das, was für alle eingestellt ist.',
    },
    opened: { en: 'Since', de: 'Seit' },
    dueFrom: 'until',
    steps: [
      step(
        'in-force',
        { en: 'in force', de: 'gilt' },
        { en: 'Record', de: 'Festhalten' },
        [
          text('what', 'What is allowed beyond the default', 'Was über die Voreinstellung hinaus erlaubt ist'),
          choice('basis', 'By what', 'Wodurch', [
            ['consent', 'consent of the people concerned', 'Einwilligung der Betroffenen'],
            ['configuration', 'configuration by the customer', 'Konfiguration durch den Kunden'],
            ['instruction', 'instruction of the customer', 'Weisung des Kunden'],
          ]),
          line('data', 'Which data', 'Welche Daten'),
          line('by', 'Who decided it, by role', 'Wer es entschieden hat, nach Rolle', false),
          day('until', 'Until', 'Bis', false),
        ],
        ['ended'],
      ),
      step('ended', { en: 'ended', de: 'beendet' }, { en: 'End', de: 'Beenden' }, [
        text('why', 'By whom and why', 'Von wem und warum'),
      ]),
    ],
  },
  return: {
    kind: 'return',
    label: { en: 'Return or deletion', de: 'Rückgabe oder Löschung' },
    about: {
      en: 'What becomes of the data at the end of the agreement, as the customer chooses (Art. 28(3)(g)).',
      de: 'Was am Ende des Vertrags nach Wahl des Kunden mit den Daten geschieht (Art. 28 Abs. 3 lit. g).',
    },
    opened: { en: 'Ended on', de: 'Beendet am' },
    steps: [
      step(
        'due',
        { en: 'to be done', de: 'offen' },
        { en: 'Record', de: 'Festhalten' },
        [text('wish', 'What the customer wants', 'Was der Kunde wünscht', false)],
        ['done'],
      ),
      step('done', { en: 'done', de: 'erledigt' }, { en: 'Mark as done', de: 'Als erledigt festhalten' }, [
        choice('choice', 'What was done', 'Was getan wurde', [
          ['deletion', 'deleted', 'gelöscht'],
          ['return', 'returned, and then deleted', 'zurückgegeben und dann gelöscht'],
        ]),
        text('how', 'Which data, and how', 'Welche Daten und wie'),
        text(
          'remains',
          'What remains, and by which law or where',
          'Was bleibt und aufgrund welches Rechts oder wo',
          false,
        ),
        day('backups', 'In backups until', 'In Sicherungen bis', false),
      ]),
    ],
  },
}

/** The step of a kind by its id. */
export function stepOf(kind: MatterKind, id: string): Step | undefined {
  return matters[kind].steps.find((one) => one.id === id)
}

/** What was written down, by the id of the field. */
export type Said = Readonly<Record<string, string>>

/** The ids of fields that are missing, of another kind or unknown; none: it may be written down so. */
export function wrongFields(asks: readonly Asked[], said: Said): string[] {
  const known = new Set(asks.map(({ id }) => id))
  const wrong = asks.filter(({ id, kind, required, options }) => {
    const value = said[id] ?? ''
    if (value === '') return required
    if (kind === 'day') return !isDay(value)
    if (kind === 'choice') return !(options ?? []).some((one) => one.id === value)
    return kind === 'line' && value.length > 300
  })
  return [...wrong.map(({ id }) => id), ...Object.keys(said).filter((id) => !known.has(id))]
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const at = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
}

/** When something is due; null: at no certain day. A request by the agreement's days, the rest by what was written down. */
export function dueOf(
  kind: MatterKind,
  openedOn: string,
  said: Said,
  { forward_days: forward, return_days: days }: { forward_days: number; return_days: number },
): string | null {
  if (kind === 'request') return addDays(openedOn, forward)
  if (kind === 'return') return addDays(openedOn, days)
  const field = matters[kind].dueFrom
  const value = field === undefined ? undefined : said[field]
  return value === undefined || value === '' ? null : value
}

/** How far the due day of something open should have been told: 0 not at all, 1 due, 2 overdue. */
export function toTellOfMatter(
  { due_on: due, closed_on: closed }: { due_on: string | null; closed_on: string | null },
  today: string,
): 0 | 1 | 2 {
  if (due === null || closed !== null) return 0
  if (due < today) return 2
  return due === today ? 1 : 0
}
