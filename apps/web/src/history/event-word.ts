import type { TFunction } from 'i18next'

/** An event of the ledger in words: `measure.changed` → “Measure changed”; one of a later release stays as it is written. */
export function eventWord(type: string, t: TFunction): string {
  const [noun = '', verb = ''] = type.split('.')
  const whole = t(`event.whole.${noun}-${verb}` as 'event.whole.site-lost', { defaultValue: '' })
  if (whole !== '') return whole
  const subject = t(`event.noun.${noun}` as 'event.noun.measure', { defaultValue: '' })
  const what = t(`event.verb.${verb}` as 'event.verb.changed', { defaultValue: '' })
  return subject === '' || what === '' ? type : `${subject} ${what}`
}

/** The particular of an event in words, such as a state or a severity; one without words stays as it is written. */
export function codeWord(code: string, t: TFunction): string {
  return t(`event.code.${code}` as 'event.code.pass', { defaultValue: code })
}
