import type { Comparison } from '../engine/compare.ts'
import type { Text } from '../engine/text.ts'

/** How two looks are compared: the certificate of the server by its terms, those above it by what they are. */
export const tlsHistory = {
  volatile: [],
  lasting: ['certificate.chain.validFrom', 'certificate.chain.validTo'],
  // The certificate of the server stands first.
  ordered: ['certificate.chain'],
  named: { protocols: ['version'], ciphers: ['version', 'name'] },
  shape(group, facts) {
    if (group !== 'certificate' || typeof facts !== 'object' || facts === null || !('chain' in facts)) return facts
    const { chain, ...rest } = facts
    const [own, ...above] = Array.isArray(chain) ? (chain as unknown[]) : []
    return { ...rest, own, above }
  },
  say: ({ kind, place, before, after }) => {
    const words = certificateWords[place.replace('certificate.own.', '')]
    if (!place.startsWith('certificate.own.') || words === undefined || kind !== 'changed') return undefined
    const show = (value: unknown) => String(value).replace(/T[\d:.]+Z$/, '')
    return {
      en: `Certificate: ${words.en} ${show(before)} → ${show(after)}`,
      de: `Zertifikat: ${words.de} ${show(before)} → ${show(after)}`,
    }
  },
} satisfies Comparison

const certificateWords: Readonly<Record<string, Text>> = {
  issuer: { en: 'issuer', de: 'Aussteller' },
  serial: { en: 'serial number', de: 'Seriennummer' },
  fingerprint256: { en: 'fingerprint', de: 'Fingerabdruck' },
  validFrom: { en: 'valid from', de: 'gültig ab' },
  validTo: { en: 'valid until', de: 'gültig bis' },
  keyType: { en: 'kind of key', de: 'Art des Schlüssels' },
  keyBits: { en: 'length of the key', de: 'Länge des Schlüssels' },
  signatureAlgorithm: { en: 'signature', de: 'Signatur' },
}
