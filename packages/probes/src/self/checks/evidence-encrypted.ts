import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfEvidenceEncrypted = {
  id: 'self.evidence-encrypted',
  version: 2,
  connector: 'self',
  title: {
    en: 'Files are encrypted with a key of the tenant',
    de: 'Dateien sind mit einem Schlüssel des Mandanten verschlüsselt',
  },
  why: {
    en: 'Evidence often holds what an attacker looks for; and with the key a whole tenant can be erased.',
    de: 'Belege enthalten oft, was ein Angreifer sucht; und mit dem Schlüssel lässt sich ein ganzer Mandant löschen.',
  },
  remedy: {
    en: 'Restore the tenant keys and encrypt again what was stored without.',
    de: 'Die Mandantenschlüssel wiederherstellen und unverschlüsselt Abgelegtes neu verschlüsseln.',
  },
  severity: 'high',
  serves: [{ measure: 'encryption-at-rest', as: 'supports' }],
  params: noParams,
  reads: ['evidence'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'GDPR Art. 32(1)(a)'],
  sources: ['https://csrc.nist.gov/pubs/sp/800/38/d/final'],
  pitfalls: ['Judged is what the installation writes now; older files are judged by the backup checks.'],
  messages: {
    encrypted: {
      en: 'Encrypted with {algorithm}, one key per tenant; looked into {looked} of {of} tenants in this look, into each within {days} days.',
      de: 'Mit {algorithm} verschlüsselt, ein Schlüssel je Mandant; eingesehen bei {looked} von {of} Mandanten bei dieser Prüfung, bei jedem innerhalb von {days} Tagen.',
    },
    plain: { en: 'Files are stored in the clear.', de: 'Dateien sind im Klartext abgelegt.' },
    weak: {
      en: '{algorithm} is not an authenticated cipher.',
      de: '{algorithm} ist kein authentifiziertes Verfahren.',
    },
    shared: { en: 'Tenants share a key.', de: 'Mandanten teilen sich einen Schlüssel.' },
  },
  judge({ evidence: { encrypted, algorithm, keyPerTenant, round } }) {
    const { looked, of, days } = round
    if (!encrypted) return [fail('files', 'evidence.encrypted', 'plain')]
    if (!/gcm|poly1305/i.test(algorithm)) return [fail('files', 'evidence.algorithm', 'weak', { algorithm })]
    if (!keyPerTenant) return [fail('files', 'evidence.keyPerTenant', 'shared')]
    return [pass('files', 'evidence.keyPerTenant', 'encrypted', { algorithm, looked, of, days })]
  },
} satisfies Check<SeenSelfFacts, 'evidence', typeof noParams>
