import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { TlsFacts } from '../facts.ts'

const params = z.object({
  minRsaBits: field(z.int().default(2048), {
    label: { en: 'Shortest RSA key', de: 'Kürzester RSA-Schlüssel' },
    unit: 'bits',
  }),
  minCurveBits: field(z.int().default(250), {
    label: { en: 'Shortest elliptic curve', de: 'Kürzeste elliptische Kurve' },
    unit: 'bits',
  }),
})

type Certificate = TlsFacts['certificate']

const dateErrors = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']

export const tlsChain = {
  id: 'tls.chain',
  version: 1,
  connector: 'tls',
  title: {
    en: 'The certificate is trusted, names the host and is signed with strong keys',
    de: 'Das Zertifikat ist vertrauenswürdig, nennt den Host und ist stark signiert',
  },
  why: {
    en: 'Encryption without a proven other side is encryption with anybody.',
    de: 'Verschlüsselung ohne geprüfte Gegenstelle ist Verschlüsselung mit irgendwem.',
  },
  remedy: {
    en: 'Use a certificate of a public or declared own authority for this name, and send all intermediate certificates.',
    de: 'Ein Zertifikat einer öffentlichen oder hinterlegten eigenen Stelle für diesen Namen verwenden und alle Zwischenzertifikate mitsenden.',
  },
  severity: 'high',
  serves: [{ measure: 'transport-encryption', as: 'proves', takes: { keyBits: 'minRsaBits' } }],
  params,
  reads: ['certificate'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'OWASP ASVS 4.0.3 9.1.1', 'BSI TR-02102-2'],
  sources: ['https://www.rfc-editor.org/rfc/rfc5280#section-6', 'https://www.rfc-editor.org/rfc/rfc9525'],
  pitfalls: [
    'Some clients fetch a missing intermediate certificate by themselves (AIA) and hide the fault; here the chain must be complete as sent.',
    'An expired certificate is the business of tls.expiry: with a trusted end of the chain it does not fail here too.',
    'Internal services may use an authority of their own: enter its certificate in the connection.',
  ],
  messages: {
    trusted: {
      en: 'The chain ends at a trusted authority.',
      de: 'Die Kette endet bei einer vertrauenswürdigen Stelle.',
    },
    'self-signed': { en: 'The certificate vouches only for itself.', de: 'Das Zertifikat bürgt nur für sich selbst.' },
    'unknown-root': {
      en: 'The chain ends at an authority that nobody trusts.',
      de: 'Die Kette endet bei einer Stelle, der niemand vertraut.',
    },
    'missing-intermediate': {
      en: 'An intermediate certificate is missing in the chain.',
      de: 'In der Kette fehlt ein Zwischenzertifikat.',
    },
    'not-verified': {
      en: 'The chain does not verify ({code}).',
      de: 'Die Kette hält der Prüfung nicht stand ({code}).',
    },
    named: { en: 'The certificate names {host}.', de: 'Das Zertifikat nennt {host}.' },
    misnamed: { en: 'The certificate does not name {host}.', de: 'Das Zertifikat nennt {host} nicht.' },
    'key-strong': { en: 'Keys are long enough.', de: 'Die Schlüssel sind lang genug.' },
    'key-weak': {
      en: 'A key is too short: {type}, {bits} bits.',
      de: 'Ein Schlüssel ist zu kurz: {type}, {bits} Bit.',
    },
    'signature-strong': { en: 'Signatures use SHA-2 or better.', de: 'Die Signaturen verwenden SHA-2 oder besser.' },
    'signature-weak': { en: 'A signature is weak: {algorithm}.', de: 'Eine Signatur ist schwach: {algorithm}.' },
  },
  judge({ certificate }, params) {
    const { host, nameMatches } = certificate
    return [
      judgeTrust(certificate),
      nameMatches
        ? pass('name', 'certificate.nameMatches', 'named', { host })
        : fail('name', 'certificate.nameMatches', 'misnamed', { host }),
      judgeKeys(certificate, params),
      judgeSignatures(certificate),
    ]
  },
} satisfies Check<TlsFacts, 'certificate', typeof params>

function judgeTrust({ anchor, trustError }: Certificate): Verdict {
  const because = ['certificate.anchor', 'certificate.trustError']
  if (anchor !== 'trusted') return fail('trust', because, anchor)
  if (trustError === null || dateErrors.includes(trustError)) return pass('trust', because, 'trusted')
  return fail('trust', because, 'not-verified', { code: trustError })
}

function judgeKeys({ chain }: Certificate, { minRsaBits, minCurveBits }: z.output<typeof params>): Verdict {
  const isWeak = ({ keyType, keyBits }: Certificate['chain'][number]) =>
    keyBits <
    (/^(rsa|dsa)/.test(keyType) ? minRsaBits : keyType === 'ec' || keyType.startsWith('ed') ? minCurveBits : 0)
  const index = chain.findIndex(isWeak)
  const weak = chain[index]
  if (weak === undefined) return pass('key', 'certificate.chain', 'key-strong')
  return fail('key', `certificate.chain.${index}.keyBits`, 'key-weak', {
    type: weak.keyType.toUpperCase(),
    bits: weak.keyBits,
  })
}

/** The signature of a root over itself is of no use to anybody and is not judged. */
function judgeSignatures({ chain }: Certificate): Verdict {
  const isWeak = ({ signatureAlgorithm, selfIssued }: Certificate['chain'][number], index: number) =>
    /md[245]|sha-?1(?!\d)/i.test(signatureAlgorithm) && !(selfIssued && index > 0)
  const index = chain.findIndex(isWeak)
  const weak = chain[index]
  if (weak === undefined) return pass('signature', 'certificate.chain', 'signature-strong')
  return fail('signature', `certificate.chain.${index}.signatureAlgorithm`, 'signature-weak', {
    algorithm: weak.signatureAlgorithm,
  })
}
