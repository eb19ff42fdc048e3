import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { tlsVersions } from '../facts.ts'
import type { TlsFacts } from '../facts.ts'

const params = z.object({
  minVersion: field(z.enum(['1.2', '1.3']).default('1.2'), {
    label: { en: 'Oldest version that may be accepted', de: 'Älteste zulässige Version' },
  }),
})

export const tlsProtocols = {
  id: 'tls.protocols',
  version: 1,
  connector: 'tls',
  title: { en: 'Only current versions of TLS are accepted', de: 'Nur aktuelle TLS-Versionen werden angenommen' },
  why: {
    en: 'Old versions can be broken by somebody on the line, and a client can be made to fall back to them.',
    de: 'Alte Versionen lassen sich auf der Leitung brechen, und ein Client kann zum Rückfall gezwungen werden.',
  },
  remedy: {
    en: 'Switch off every version below the minimum in the server that ends TLS (nginx: ssl_protocols TLSv1.2 TLSv1.3).',
    de: 'Alle Versionen unter der Mindestversion dort abschalten, wo TLS endet (nginx: ssl_protocols TLSv1.2 TLSv1.3).',
  },
  severity: 'high',
  serves: [
    { measure: 'transport-encryption', as: 'proves', takes: { tls: 'minVersion' } },
    { measure: 'vulnerability-scanning', as: 'supports' },
  ],
  params,
  reads: ['protocols'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'BSI TR-02102-2', 'OWASP ASVS 4.0.3 9.1.3'],
  sources: ['https://www.rfc-editor.org/rfc/rfc8996', 'https://www.bsi.bund.de/dok/TR-02102'],
  pitfalls: [
    'A modern client refuses TLS 1.0 by itself, so a weak server looks safe. Versions up to 1.2 are asked with a hand-written first message, 1.3 by the runtime.',
    'A port that is closed, silent or resets the connection has not refused a version: the outcome is not-evaluated (unreachable), or not-evaluated (incomplete) if only some versions gave no answer.',
  ],
  messages: {
    accepted: { en: '{version} is accepted.', de: '{version} wird angenommen.' },
    refused: { en: '{version} is refused.', de: '{version} wird abgelehnt.' },
    old: {
      en: '{version} is accepted, but the oldest allowed is TLS {minimum}.',
      de: '{version} wird angenommen, zulässig ist erst TLS {minimum}.',
    },
    none: {
      en: 'No version from TLS {minimum} on is accepted.',
      de: 'Keine Version ab TLS {minimum} wird angenommen.',
    },
    absent: {
      en: '{version} is not offered; a newer or older allowed one is.',
      de: '{version} wird nicht angeboten, eine andere zulässige schon.',
    },
  },
  judge({ protocols }, { minVersion }) {
    const isAllowed = (version: string) =>
      tlsVersions.findIndex((known) => known === version) >= tlsVersions.indexOf(minVersion)
    const verdicts = protocols.map(({ version, accepted }, index) => {
      const says = { version: version === 'SSLv3' ? 'SSLv3' : `TLS ${version}`, minimum: minVersion }
      const because = `protocols.${index}.accepted`
      if (isAllowed(version))
        return accepted ? pass(version, because, 'accepted', says) : info(version, because, 'absent', says)
      return accepted ? fail(version, because, 'old', says) : pass(version, because, 'refused', says)
    })
    const speaks = protocols.some(({ version, accepted }) => accepted && isAllowed(version))
    return speaks ? verdicts : [...verdicts, fail('minimum', 'protocols', 'none', { minimum: minVersion })]
  },
} satisfies Check<TlsFacts, 'protocols', typeof params>
