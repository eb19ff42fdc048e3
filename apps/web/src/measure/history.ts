import type { TFunction } from 'i18next'

/** An event of the ledger in words: `measure.changed` → “Measure changed”; one without words stays as it is written. */
export function eventWord(type: string, t: TFunction): string {
  const [noun = '', verb = ''] = type.split('.')
  const subject = t(`event.noun.${noun}` as 'event.noun.measure', { defaultValue: '' })
  const what = t(`event.verb.${verb}` as 'event.verb.changed', { defaultValue: '' })
  return subject === '' || what === '' ? type : `${subject} ${what}`
}
