import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { DnsFacts } from '../facts.ts'

const params = z.object({
  minPolicy: field(z.enum(['quarantine', 'reject']).default('quarantine'), {
    label: { en: 'Weakest DMARC policy', de: 'Schwächste DMARC-Richtlinie' },
  }),
})

export const mailSpfDmarc = {
  id: 'mail.spf-dmarc',
  version: 1,
  connector: 'dns',
  title: {
    en: 'Nobody else can send mail in the name of the domain',
    de: 'Niemand sonst kann im Namen der Domain Mails senden',
  },
  why: {
    en: 'Forged mail in your name is the usual start of fraud and of stolen passwords.',
    de: 'Gefälschte Mails in Ihrem Namen sind der übliche Anfang von Betrug und Passwortdiebstahl.',
  },
  remedy: {
    en: 'End SPF with -all or ~all within ten look-ups, and publish DMARC with p=quarantine or p=reject; a domain without mail gets "v=spf1 -all" and p=reject.',
    de: 'SPF mit -all oder ~all und höchstens zehn Abfragen abschließen, DMARC mit p=quarantine oder p=reject veröffentlichen; eine Domain ohne Mail erhält „v=spf1 -all“ und p=reject.',
  },
  severity: 'medium',
  serves: [{ measure: 'email-encryption', as: 'supports' }],
  params,
  reads: ['spf', 'dmarc'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['BSI APP.5.3'],
  sources: ['https://www.rfc-editor.org/rfc/rfc7208', 'https://www.rfc-editor.org/rfc/rfc7489'],
  pitfalls: [
    'More than ten look-ups make the whole record void, silently: includes are followed and counted.',
    'Two SPF records are an error of the standard, as bad as none.',
    'A policy for a part of the mail (pct below 100) is not enforced.',
    'Parents are tried up to the last two labels; the public suffix list is not consulted.',
  ],
  messages: {
    'spf-closed': {
      en: 'SPF ends with {all}all after {lookups} look-ups.',
      de: 'SPF endet mit {all}all nach {lookups} Abfragen.',
    },
    'spf-missing': { en: 'There is no SPF record.', de: 'Es gibt keinen SPF-Eintrag.' },
    'spf-double': {
      en: 'There are {records} SPF records; only one is valid.',
      de: 'Es gibt {records} SPF-Einträge; gültig ist nur einer.',
    },
    'spf-open': { en: 'SPF does not end with -all or ~all.', de: 'SPF endet nicht mit -all oder ~all.' },
    'spf-costly': {
      en: 'SPF needs {lookups} look-ups; beyond ten it is void.',
      de: 'SPF braucht {lookups} Abfragen; über zehn ist es ungültig.',
    },
    'dmarc-set': { en: 'DMARC says {policy}.', de: 'DMARC sagt {policy}.' },
    'dmarc-missing': { en: 'There is no valid DMARC record.', de: 'Es gibt keinen gültigen DMARC-Eintrag.' },
    'dmarc-weak': {
      en: 'DMARC says {policy} for {percent} % of the mail.',
      de: 'DMARC sagt {policy} für {percent} % der Mails.',
    },
  },
  judge({ spf, dmarc }, { minPolicy }) {
    return [judgeSpf(spf), judgeDmarc(dmarc, minPolicy)]
  },
} satisfies Check<DnsFacts, 'spf' | 'dmarc', typeof params>

function judgeSpf({ records, all, lookups }: DnsFacts['spf']): Verdict {
  if (records === 0) return fail('spf', 'spf.records', 'spf-missing')
  if (records > 1) return fail('spf', 'spf.records', 'spf-double', { records })
  if (lookups > 10) return fail('spf', 'spf.lookups', 'spf-costly', { lookups })
  return all === '-' || all === '~'
    ? pass('spf', 'spf.all', 'spf-closed', { all, lookups })
    : fail('spf', 'spf.all', 'spf-open')
}

function judgeDmarc({ records, policy, percent }: DnsFacts['dmarc'], minPolicy: 'quarantine' | 'reject'): Verdict {
  if (records !== 1 || policy === null) return fail('dmarc', 'dmarc.records', 'dmarc-missing')
  const isStrong = policy === 'reject' || policy === minPolicy
  return isStrong && percent === 100
    ? pass('dmarc', 'dmarc.policy', 'dmarc-set', { policy })
    : fail('dmarc', ['dmarc.policy', 'dmarc.percent'], 'dmarc-weak', { policy, percent })
}
