import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { DnsFacts } from '../facts.ts'

export const dnsDnssec = {
  id: 'dns.dnssec',
  version: 1,
  connector: 'dns',
  title: {
    en: 'The domain is signed by DNSSEC and verifies',
    de: 'Die Domain ist per DNSSEC signiert und hält der Prüfung stand',
  },
  why: {
    en: 'Unsigned answers can be forged, and with them certificates, mail and traffic be led elsewhere.',
    de: 'Unsignierte Antworten sind fälschbar; Zertifikate, Mails und Datenverkehr lassen sich damit umleiten.',
  },
  remedy: {
    en: 'Switch on signing at the name server provider and publish the DS record at the registrar.',
    de: 'Signierung beim Namensdienst einschalten und den DS-Eintrag beim Registrar hinterlegen.',
  },
  severity: 'low',
  serves: [{ measure: 'transport-encryption', as: 'supports' }],
  params: noParams,
  reads: ['dnssec'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['BSI APP.3.6'],
  sources: ['https://www.rfc-editor.org/rfc/rfc4035'],
  pitfalls: [
    'A name server that does not verify cannot tell: for a signed domain the outcome is then not-evaluated (not-configured).',
    'A bogus signature looks like an outage (SERVFAIL); asking again without verification tells them apart.',
  ],
  messages: {
    secure: { en: 'Signed, and the signature holds.', de: 'Signiert, und die Signatur hält.' },
    insecure: { en: 'The domain is not signed.', de: 'Die Domain ist nicht signiert.' },
    bogus: {
      en: 'The signature does not hold; verifying clients reach nothing.',
      de: 'Die Signatur hält nicht; prüfende Clients erreichen nichts.',
    },
  },
  judge({ dnssec: { state } }) {
    return [(state === 'secure' ? pass : fail)('zone', 'dnssec.state', state)]
  },
} satisfies Check<DnsFacts, 'dnssec', typeof noParams>
