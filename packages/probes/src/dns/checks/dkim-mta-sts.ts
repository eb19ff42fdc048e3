import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { DnsFacts } from '../facts.ts'

const params = z.object({
  minBits: field(z.int().default(2_048), {
    label: { en: 'Shortest RSA key', de: 'Kürzester RSA-Schlüssel' },
    unit: 'bits',
  }),
  mode: field(z.enum(['testing', 'enforce']).default('enforce'), {
    label: { en: 'Weakest mode of MTA-STS', de: 'Schwächster Modus von MTA-STS' },
  }),
  policy: field(z.boolean().default(false), {
    label: { en: 'MTA-STS is required', de: 'MTA-STS ist verlangt' },
  }),
  reports: field(z.boolean().default(false), {
    label: { en: 'Reports of failures are required', de: 'Berichte über Fehler sind verlangt' },
  }),
})

const daySeconds = 86_400

export const mailDkimMtaSts = {
  id: 'mail.dkim-mta-sts',
  version: 1,
  connector: 'dns',
  title: {
    en: 'Mail is signed with strong keys and received encrypted only',
    de: 'Mails sind mit starken Schlüsseln signiert und werden nur verschlüsselt angenommen',
  },
  why: {
    en: 'Between mail servers encryption is optional: whoever sits in between switches it off, unless the receiver published that it always has it.',
    de: 'Zwischen Mailservern ist Verschlüsselung freiwillig: Wer dazwischen sitzt, schaltet sie ab, außer der Empfänger hat veröffentlicht, dass er sie immer hat.',
  },
  remedy: {
    en: 'Publish DKIM keys of RSA 2048 or Ed25519, a policy of MTA-STS with mode enforce that names all mail servers, and an address for TLS reports.',
    de: 'DKIM-Schlüssel mit RSA 2048 oder Ed25519 veröffentlichen, dazu eine MTA-STS-Richtlinie mit mode enforce, die alle Mailserver nennt, und eine Adresse für TLS-Berichte.',
  },
  severity: 'medium',
  serves: [{ measure: 'email-encryption', as: 'supports' }],
  params,
  reads: ['dkim', 'mtaSts', 'receiving'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['BSI APP.5.3', 'BSI TR-03108'],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc6376',
    'https://www.rfc-editor.org/rfc/rfc8301',
    'https://www.rfc-editor.org/rfc/rfc8461',
    'https://www.rfc-editor.org/rfc/rfc8460',
  ],
  pitfalls: [
    'Nothing lists the names of DKIM keys: without those that you name, usual ones are tried, and finding none proves nothing.',
    'A mail server that the policy does not name gets no mail any more: all are compared.',
    'The policy counts only over https with a valid certificate, without redirect, as text/plain; a server that does not answer is no verdict.',
    'A domain that takes no mail needs no MTA-STS; for others its absence is told, and fails only where it is required.',
    'That mail really is signed is not seen here, only that the keys are there.',
  ],
  messages: {
    signed: { en: 'DKIM key {selector}: {kind}, {bits} bits.', de: 'DKIM-Schlüssel {selector}: {kind}, {bits} Bit.' },
    'key-missing': { en: 'There is no DKIM key {selector}.', de: 'Es gibt keinen DKIM-Schlüssel {selector}.' },
    'key-double': {
      en: 'DKIM key {selector} is published {records} times; which one counts is open.',
      de: 'DKIM-Schlüssel {selector} ist {records}-mal veröffentlicht; welcher gilt, ist offen.',
    },
    'key-revoked': { en: 'DKIM key {selector} was revoked.', de: 'DKIM-Schlüssel {selector} ist zurückgezogen.' },
    'key-broken': { en: 'DKIM key {selector} cannot be read.', de: 'DKIM-Schlüssel {selector} ist nicht lesbar.' },
    'key-short': {
      en: 'DKIM key {selector} has {bits} bits; {min} are needed.',
      de: 'DKIM-Schlüssel {selector} hat {bits} Bit; nötig sind {min}.',
    },
    'key-testing': {
      en: 'DKIM key {selector} is marked as a test; receivers may ignore it.',
      de: 'DKIM-Schlüssel {selector} ist als Test markiert; Empfänger dürfen ihn ignorieren.',
    },
    sts: {
      en: 'MTA-STS says {mode} and names every mail server.',
      de: 'MTA-STS sagt {mode} und nennt jeden Mailserver.',
    },
    'sts-missing': { en: 'There is no MTA-STS.', de: 'Es gibt kein MTA-STS.' },
    'sts-double': {
      en: 'There are {records} records of MTA-STS, so none counts.',
      de: 'Es gibt {records} MTA-STS-Einträge, daher gilt keiner.',
    },
    'sts-unusable': {
      en: 'The policy of MTA-STS cannot be used: {fault}.',
      de: 'Die MTA-STS-Richtlinie ist nicht verwendbar: {fault}.',
    },
    'sts-weak': { en: 'MTA-STS says {mode}.', de: 'MTA-STS sagt {mode}.' },
    'sts-uncovered': {
      en: 'The policy of MTA-STS does not name {uncovered} of {servers} mail servers.',
      de: 'Die MTA-STS-Richtlinie nennt {uncovered} von {servers} Mailservern nicht.',
    },
    'sts-short': {
      en: 'The policy of MTA-STS is remembered for {seconds} seconds only.',
      de: 'Die MTA-STS-Richtlinie wird nur {seconds} Sekunden lang gemerkt.',
    },
    reported: { en: 'Failures are reported to {count} addresses.', de: 'Fehler werden an {count} Adressen gemeldet.' },
    unreported: { en: 'Nobody is told of failures (TLS-RPT).', de: 'Niemand erfährt von Fehlern (TLS-RPT).' },
  },
  judge({ dkim, mtaSts, receiving }, { minBits, mode, policy, reports }) {
    const keys = dkim.map((key, index) => judgeKey(key, `dkim.${index}`, minBits))
    if (receiving.servers === 0) return keys
    return [
      ...keys,
      mtaSts.records === 0 ? judgeAbsence(policy) : judgePolicy(mtaSts, mode),
      judgeReports(receiving, reports),
    ]
  },
} satisfies Check<DnsFacts, 'dkim' | 'mtaSts' | 'receiving', typeof params>

function judgeKey(key: DnsFacts['dkim'][number], because: string, min: number): Verdict {
  const { selector, records, state, kind, bits, testing } = key
  const subject = `dkim ${selector}`
  if (records === 0) return fail(subject, because, 'key-missing', { selector })
  if (records > 1) return fail(subject, because, 'key-double', { selector, records })
  if (state !== 'valid' || bits === null)
    return fail(subject, because, state === 'revoked' ? 'key-revoked' : 'key-broken', { selector })
  if (kind === 'rsa' && bits < min) return fail(subject, because, 'key-short', { selector, bits, min })
  return testing
    ? fail(subject, because, 'key-testing', { selector })
    : pass(subject, because, 'signed', { selector, kind, bits })
}

const judgeAbsence = (required: boolean): Verdict =>
  (required ? fail : info)('mta-sts', 'mtaSts.records', 'sts-missing')

function judgePolicy({ records, fault, policy, servers }: DnsFacts['mtaSts'], weakest: 'testing' | 'enforce'): Verdict {
  if (records !== 1) return fail('mta-sts', 'mtaSts.records', 'sts-double', { records })
  if (policy === null) return fail('mta-sts', 'mtaSts.fault', 'sts-unusable', { fault: fault ?? 'form' })
  const { mode, uncovered, maxAgeSeconds } = policy
  if (mode !== 'enforce' && mode !== weakest) return fail('mta-sts', 'mtaSts.policy.mode', 'sts-weak', { mode })
  if (uncovered > 0) return fail('mta-sts', 'mtaSts.policy.uncovered', 'sts-uncovered', { uncovered, servers })
  return maxAgeSeconds < daySeconds
    ? fail('mta-sts', 'mtaSts.policy.maxAgeSeconds', 'sts-short', { seconds: maxAgeSeconds })
    : pass('mta-sts', 'mtaSts.policy', 'sts', { mode })
}

function judgeReports({ reports, reportsTo }: DnsFacts['receiving'], required: boolean): Verdict {
  if (reports === 1 && reportsTo > 0) return pass('tls-rpt', 'receiving.reportsTo', 'reported', { count: reportsTo })
  return (required ? fail : info)('tls-rpt', 'receiving.reports', 'unreported')
}
