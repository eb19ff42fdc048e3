import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { TlsFacts } from '../facts.ts'

export const tlsCiphers = {
  id: 'tls.ciphers',
  version: 1,
  connector: 'tls',
  title: {
    en: 'Only strong cipher suites with forward secrecy are offered',
    de: 'Nur starke Verfahren mit Folgenlosigkeit werden angeboten',
  },
  why: {
    en: 'Weak suites can be broken, and without forward secrecy one stolen key opens every recorded session.',
    de: 'Schwache Verfahren lassen sich brechen; ohne Folgenlosigkeit öffnet ein gestohlener Schlüssel jede mitgeschnittene Sitzung.',
  },
  remedy: {
    en: 'Offer ECDHE with AES-GCM or ChaCha20-Poly1305 only (nginx: ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20).',
    de: 'Nur ECDHE mit AES-GCM oder ChaCha20-Poly1305 anbieten (nginx: ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20).',
  },
  severity: 'medium',
  serves: [{ measure: 'transport-encryption', as: 'proves' }],
  params: noParams,
  reads: ['ciphers'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'BSI TR-02102-2', 'RFC 9325 §4'],
  sources: ['https://www.rfc-editor.org/rfc/rfc9325#section-4', 'https://www.iana.org/assignments/tls-parameters'],
  pitfalls: [
    'Suites are listed by elimination with versions capped at 1.2; without the cap every suite looks accepted, since 1.3 is chosen instead.',
    'Suites that the runtime cannot speak (RC4, 3DES, export, NULL, anonymous) are offered by a hand-written message, so that they are seen.',
    'Suites of TLS 1.2 in CBC mode count as weak, even with forward secrecy, if they use SHA-1; with SHA-2 they pass, as TR-02102-2 still allows them together with encrypt-then-MAC, which is not tested.',
  ],
  messages: {
    'no-broken': { en: 'No suite is offered that can be broken.', de: 'Kein brechbares Verfahren wird angeboten.' },
    broken: { en: 'Can be broken or gives no protection: {suites}', de: 'Brechbar oder ohne Schutz: {suites}' },
    'all-forward-secret': { en: 'Every suite has forward secrecy.', de: 'Jedes Verfahren bietet Folgenlosigkeit.' },
    'no-forward-secrecy': { en: 'Without forward secrecy: {suites}', de: 'Ohne Folgenlosigkeit: {suites}' },
    'no-cbc-sha1': { en: 'No suite uses CBC mode with SHA-1.', de: 'Kein Verfahren nutzt den CBC-Modus mit SHA-1.' },
    'cbc-sha1': { en: 'CBC mode with SHA-1: {suites}', de: 'CBC-Modus mit SHA-1: {suites}' },
  },
  judge({ ciphers }) {
    if (ciphers.length === 0) return []
    return faults.map(({ subject, good, fault, matches }) => {
      const found = ciphers.map(({ name }, index) => ({ name, index })).filter(({ name }) => matches(name))
      if (found.length === 0) return pass(subject, 'ciphers', good)
      const because = found.map(({ index }) => `ciphers.${index}.name`)
      return fail(subject, because, fault, { suites: found.map(({ name }) => name).join(', ') })
    })
  },
} satisfies Check<TlsFacts, 'ciphers', typeof noParams>

const isBroken = (name: string) => /NULL|EXPORT|anon|RC4|RC2|DES|IDEA|SEED|MD5|^0x/.test(name)
const isModern = (name: string) => /^TLS_(AES|CHACHA20|SM4|AEGIS)/.test(name)
const hasForwardSecrecy = (name: string) => isModern(name) || /^TLS_(ECDHE|DHE|ECDH_anon|DH_anon)_/.test(name)

const faults = [
  { subject: 'strength', good: 'no-broken', fault: 'broken', matches: isBroken },
  {
    subject: 'forward-secrecy',
    good: 'all-forward-secret',
    fault: 'no-forward-secrecy',
    matches: (name: string) => !hasForwardSecrecy(name),
  },
  {
    subject: 'mode',
    good: 'no-cbc-sha1',
    fault: 'cbc-sha1',
    matches: (name: string) => name.endsWith('CBC_SHA') && !isBroken(name),
  },
]
