import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfBoundToLoopbackOrTls = {
  id: 'self.bound-to-loopback-or-tls',
  version: 1,
  connector: 'self',
  title: {
    en: 'The installation is reached by TLS or from this machine only',
    de: 'Die Installation ist nur per TLS oder von diesem Rechner aus erreichbar',
  },
  why: {
    en: 'Sign-in and personal data must not cross a network in the clear.',
    de: 'Anmeldung und personenbezogene Daten dürfen kein Netz im Klartext durchqueren.',
  },
  remedy: {
    en: 'Bind to 127.0.0.1 and put a proxy with TLS in front, and declare it; reach the database by socket, loopback or TLS.',
    de: 'An 127.0.0.1 binden, einen Proxy mit TLS davorsetzen und angeben; die Datenbank über Socket, Loopback oder TLS erreichen.',
  },
  severity: 'high',
  serves: [{ measure: 'transport-encryption', as: 'proves' }],
  params: noParams,
  reads: ['web', 'database'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24'],
  sources: ['https://www.rfc-editor.org/rfc/rfc8446'],
  pitfalls: ['A proxy is declared, not seen: prove its TLS with the tls connector.'],
  messages: {
    local: {
      en: '{address} is reached from this machine only.',
      de: '{address} ist nur von diesem Rechner erreichbar.',
    },
    encrypted: { en: '{address} speaks TLS ({by}).', de: '{address} spricht TLS ({by}).' },
    open: {
      en: '{address} is open to the network without TLS.',
      de: '{address} ist ohne TLS aus dem Netz erreichbar.',
    },
    database: { en: 'The database is reached by {transport}.', de: 'Die Datenbank wird über {transport} erreicht.' },
    'database-plain': {
      en: 'The database is reached over the network without TLS.',
      de: 'Die Datenbank wird ohne TLS über das Netz erreicht.',
    },
  },
  judge({ web: { listens }, database: { transport } }) {
    const plain = transport === 'plain'
    return [
      ...listens.map(({ address, port, tls }, index) => {
        const subject = `${address}:${port}`
        const because = `web.listens.${index}`
        if (tls !== 'none') return pass(subject, because, 'encrypted', { address: subject, by: tls })
        const isLocal =
          address === 'localhost' || address === '::1' || address.startsWith('127.') || address.startsWith('/')
        return (isLocal ? pass : fail)(subject, because, isLocal ? 'local' : 'open', { address: subject })
      }),
      (plain ? fail : pass)('database', 'database.transport', plain ? 'database-plain' : 'database', { transport }),
    ]
  },
} satisfies Check<SeenSelfFacts, 'web' | 'database', typeof noParams>
