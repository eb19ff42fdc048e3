import type { LiveEdition, LiveNote } from './live.ts'
import type { Language } from './language.ts'
import { longDay, momentOf, shortDay } from './words.ts'

/** What became of a line since its edition, in a sentence for its margin. */
export function liveNoteText(note: LiveNote, language: Language): string {
  const say = words[language]
  switch (note.kind) {
    case 'lapsed': {
      const last = note.lastProven === null ? '' : ` (${say.lastProven} ${shortDay(note.lastProven, language)})`
      return `${say.lapsed} ${momentOf(note.at, language)}${last}`
    }
    case 'proven-again':
      return `${say.again} ${momentOf(note.at, language)}`
    case 'not-proven':
      return say.notProven
    case 'correction-due':
      return `${say.due} ${momentOf(note.at, language)}`
    case 'exception':
      return `${say.exception} ${shortDay(note.until, language)}`
    case 'exception-ended':
      return `${say.exceptionEnded} ${shortDay(note.until, language)}`
  }
}

/** Since when the counts are what they are, and that the edition itself is not touched. */
export function liveLead(live: LiveEdition, date: string, language: Language): string {
  const changed = live.lines.filter(({ state, published }) => state !== published).length
  const say = words[language]
  const moved = changed === 0 ? say.unchanged : changed === 1 ? say.one : say.many.replace('{n}', String(changed))
  return `${say.asOf} ${momentOf(live.asOf, language)}. ${moved.replace('{day}', longDay(date, language))}`
}

const words = {
  en: {
    lapsed: 'Proof lapsed on',
    lastProven: 'last proven',
    again: 'proven again on',
    notProven: 'not proven at present',
    due: 'correction due since',
    exception: 'with an exception until',
    exceptionEnded: 'the exception ended on',
    asOf: 'As of',
    unchanged: 'Every line stands as it was published on {day}.',
    one: 'One line stands differently from how it was published on {day}; the edition itself does not change.',
    many: '{n} lines stand differently from how they were published on {day}; the edition itself does not change.',
  },
  de: {
    lapsed: 'Nachweis abgelaufen am',
    lastProven: 'zuletzt nachgewiesen',
    again: 'erneut nachgewiesen am',
    notProven: 'derzeit nicht nachgewiesen',
    due: 'Korrektur fällig seit',
    exception: 'mit einer Ausnahme bis',
    exceptionEnded: 'die Ausnahme endete am',
    asOf: 'Stand',
    unchanged: 'Jede Zeile steht so, wie sie am {day} veröffentlicht wurde.',
    one: 'Eine Zeile steht anders als bei der Veröffentlichung am {day}; die Fassung selbst ändert sich nicht.',
    many: '{n} Zeilen stehen anders als bei der Veröffentlichung am {day}; die Fassung selbst ändert sich nicht.',
  },
} as const
